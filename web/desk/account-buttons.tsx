import type { AccountDetails } from '../../acts/accounts/desk.js';
import { accountPath } from '../kit/paths.js';
import type { Desk } from './section.js';

type Button = [page: Parameters<typeof accountPath>[1], text: string, kind: string];

/** What an agent can do about the account as it stands, what helps most first. */
export function Acts({ desk, details }: { desk: Desk; details: AccountDetails }) {
	const { words } = desk;
	return (
		<section class="card acts" aria-labelledby="acts-title">
			<h2 id="acts-title">{words.account.acts}</h2>
			<ul>
				{buttonsOf(desk, details).map(([page, text, kind]) => (
					<li>
						<a class={`button ${kind}`} href={accountPath(details.account.id, page)}>
							{text}
						</a>
					</li>
				))}
			</ul>
		</section>
	);
}

function buttonsOf({ words }: Desk, { account, heldUp }: AccountDetails): Button[] {
	const { help } = words;
	const issuable = account.temporaryPassword.state !== 'used' && !account.frozenAt;
	const buttons: (Button | false)[] = [
		account.frozenAt !== null && ['unfreeze', help.unfreeze.title, ''],
		heldUp && ['unlock', help.unlock.title, ''],
		issuable && ['reissue', words.reissue.title, ''],
		issuable && ['correct', words.correct.title, 'quiet'],
		['correctPerson', help.person.title, 'quiet'],
		account.frozenAt === null && ['endSessions', help.endSessions.title, 'quiet'],
		account.frozenAt === null && ['freeze', help.freeze.title, 'quiet danger'],
		['erase', words.erase.title, 'quiet danger'],
	];
	return buttons.filter((button) => button !== false);
}
