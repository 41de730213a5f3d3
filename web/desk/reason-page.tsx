import type { Api } from '../../acts/context.js';
import type { AgentCall } from '../../acts/door/caller.js';
import type { Account } from '../../acts/views.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { Form } from '../kit/form.js';
import type { Answer, Entry, View } from '../kit/page.js';
import { accountPath, type Path } from '../kit/paths.js';
import type { ReasonedActWords } from '../words/desk/words.js';
import { aboutAccount, Notes, nameOf, pastView } from './account-parts.js';
import { Buttons, ReasonField } from './form-parts.js';
import { readWhy } from './person-form.js';
import { agentCall, type Desk, type DeskPage } from './section.js';

/** An act of an agent on one account that needs only a reason. */
interface ReasonedAct {
	path: Path;
	words: (desk: Desk) => ReasonedActWords;
	danger?: boolean;
	/** Why the account does not allow the act, in words; null when it does. */
	whyNot?: (desk: Desk, account: Account) => string | null;
	act: (api: Api, call: AgentCall, about: { accountId: string; reason: string }) => Promise<unknown>;
	/** Where the agent goes after the act. */
	done: (accountId: string) => Answer;
	/** What answers a refusal of the act. */
	refused?: (accountId: string, refusal: Refusal) => Answer;
}

/** The page of an act that needs only a reason. */
export function reasonPage({ path, words, danger = false, whyNot, act, done, refused }: ReasonedAct): DeskPage {
	return {
		path,
		show: (desk, entry) =>
			aboutAccount(desk, (account) => {
				const why = whyNot?.(desk, account);
				if (why) return pastView(account, words(desk).title, why);
				return reasonView(desk, account, entry, { words: words(desk), danger });
			}),
		acts: {
			go: {
				run: async (desk, fields): Promise<Answer> => {
					const why = readWhy(fields);
					if (isRefusal(why)) return why;
					const accountId = desk.params.accountId ?? '';
					const answer = await act(desk.api, agentCall(desk), { accountId, reason: why.reason });
					if (!isRefusal(answer)) return done(accountId);
					return refused ? refused(accountId, answer) : answer;
				},
			},
		},
	};
}

/** Shows the effects of the act, the field of the reason, and the button. */
function reasonView(
	desk: Desk,
	account: Account,
	entry: Entry | null,
	{ words, danger }: { words: ReasonedActWords; danger: boolean },
): View {
	const { title, lead, notes, go } = words;
	return {
		title,
		body: (
			<div class="card form">
				<h1>{title}</h1>
				<p class="lead">{lead(nameOf(desk, account))}</p>
				<Notes notes={notes} />
				<Form>
					<ReasonField words={desk.words} entry={entry} />
					<Buttons act="go" text={go} danger={danger} cancel={[accountPath(account.id), desk.words.confirm.cancel]} />
				</Form>
			</div>
		),
	};
}
