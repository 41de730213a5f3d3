import { getAccount } from '../../acts/accounts/accounts.js';
import { eraseAccount, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import type { Account } from '../../acts/views.js';
import { isRefusal } from '../../domain/refusal.js';
import { Form } from '../kit/form.js';
import type { Answer, Entry, View } from '../kit/page.js';
import { accountPath, PATHS } from '../kit/paths.js';
import { isolate } from '../kit/say.js';
import { Buttons, ReasonField } from './form-parts.js';
import { readWhy } from './person-form.js';
import { agentCall, type Desk, type DeskPage } from './section.js';

/** Shows a page about the account in its path. */
export async function aboutAccount(desk: Desk, view: (account: Account) => Answer | Promise<Answer>): Promise<Answer> {
	const account = await getAccount(desk.api, { accountId: desk.params.accountId ?? '' });
	return isRefusal(account) ? account : view(account);
}

/** Redirects to the account's page, with a flash, when the user already has a password of their own or the account is frozen. */
export function unlessPast(accountId: string, answer: Answer): Answer {
	if (!isRefusal(answer)) return answer;
	if (answer.refusal === 'already-done') return { to: accountPath(accountId), flash: 'password-is-own' };
	return answer.refusal === 'wrong-step' ? { to: accountPath(accountId), flash: 'frozen-first' } : answer;
}

export const reissuePage: DeskPage = {
	path: PATHS.reissue,
	show: (desk, entry) =>
		aboutAccount(desk, (account) => {
			const { reissue } = desk.words;
			const why = whyNotIssued(desk, account);
			if (why) return pastView(account, reissue.title, why);
			return reasonView(desk, account, entry, { ...reissue, lead: reissue.lead(nameOf(desk, account)) });
		}),
	acts: {
		go: {
			run: async (desk, fields): Promise<Answer> => {
				const why = readWhy(fields);
				if (isRefusal(why)) return why;
				const accountId = desk.params.accountId ?? '';
				const answer = await reissueTemporaryPassword(desk.api, agentCall(desk), { accountId, reason: why.reason });
				return unlessPast(accountId, isRefusal(answer) ? answer : { to: accountPath(accountId), flash: 'reissued' });
			},
		},
	},
};

export const erasePage: DeskPage = {
	path: PATHS.erase,
	show: (desk, entry) =>
		aboutAccount(desk, (account) => {
			const { erase } = desk.words;
			return reasonView(desk, account, entry, { ...erase, lead: erase.lead(nameOf(desk, account)), danger: true });
		}),
	acts: {
		go: {
			run: async (desk, fields): Promise<Answer> => {
				const why = readWhy(fields);
				if (isRefusal(why)) return why;
				const accountId = desk.params.accountId ?? '';
				const answer = await eraseAccount(desk.api, agentCall(desk), { accountId, reason: why.reason });
				return isRefusal(answer) ? answer : { to: PATHS.desk, flash: 'erased' };
			},
		},
	},
};

interface ReasonViewWords {
	title: string;
	lead: string;
	notes: string[];
	go: string;
	danger?: boolean;
}

/** The page of an act that needs only a reason: its effects, the reason, and the button. */
export function reasonView(desk: Desk, account: Account, entry: Entry | null, words: ReasonViewWords): View {
	const { title, lead, notes, go, danger = false } = words;
	return {
		title,
		body: (
			<div class="card form">
				<h1>{title}</h1>
				<p class="lead">{lead}</p>
				<Notes notes={notes} />
				<Form>
					<ReasonField words={desk.words} entry={entry} />
					<Buttons act="go" text={go} danger={danger} cancel={[accountPath(account.id), desk.words.confirm.cancel]} />
				</Form>
			</div>
		),
	};
}

/** Replaces an act that is no longer possible: the cause, and the way back. */
export function pastView(account: Account, title: string, why: string): View {
	return {
		title,
		body: (
			<div class="card form">
				<h1>{title}</h1>
				<p class="lead">{why}</p>
				<p>
					<a href={accountPath(account.id)}>{account.email}</a>
				</p>
			</div>
		),
	};
}

export function Notes({ notes }: { notes: string[] }) {
	return (
		<ul class="notes">
			{notes.map((note) => (
				<li>{note}</li>
			))}
		</ul>
	);
}

export function nameOf({ speech }: Desk, { email }: Account): string {
	return isolate(speech.words, email);
}

/** Why no temporary password can be issued, in words: the user has a password of their own, or the account is frozen. */
export function whyNotIssued({ words }: Desk, { temporaryPassword, frozenAt }: Account): string | null {
	if (temporaryPassword.state === 'used') return words.reissue.done;
	return frozenAt ? words.help.frozenFirst : null;
}
