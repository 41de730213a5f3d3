import { getAccount } from '../../acts/accounts/accounts.js';
import type { Account } from '../../acts/views.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Answer, View } from '../kit/page.js';
import { accountPath } from '../kit/paths.js';
import { isolate } from '../kit/say.js';
import type { Desk } from './section.js';

/** Shows a page about the account in its path. */
export async function aboutAccount(desk: Desk, view: (account: Account) => Answer | Promise<Answer>): Promise<Answer> {
	const account = await getAccount(desk.api, { accountId: desk.params.accountId ?? '' });
	return isRefusal(account) ? account : view(account);
}

/** Redirects to the account's page, with a flash, when the user already has a password of their own or the account is frozen. */
export function unlessPast(accountId: string, refusal: Refusal): Answer {
	if (refusal.refusal === 'already-done') return { to: accountPath(accountId), flash: 'password-is-own' };
	return refusal.refusal === 'wrong-step' ? { to: accountPath(accountId), flash: 'frozen-first' } : refusal;
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
