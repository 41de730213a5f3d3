import type { Request } from 'express';
import { getAccount } from '../../acts/accounts/accounts.js';
import { readPerson, readReason } from '../../acts/accounts/person.js';
import { correctEmail, eraseAccount, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import type { Account } from '../../acts/views.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Trouble } from '../refusals.js';
import { isolate } from '../say.js';
import type { Desk, DeskAnswer, DeskPage } from './desk.js';
import { Buttons, Carried, CheckButton, DeskForm, EmailInput, ReasonInput, STEP_FIELD } from './fields.js';
import type { DeskNotice } from './notices.js';
import { accountPath, DESK_PATHS } from './paths.js';
import { flawsAsTrouble, refusalAsTrouble } from './trouble.js';

interface Asked {
	desk: Desk;
	account: Account;
	trouble: Trouble | null;
}

/** The page asked about an account, with the account as it is. */
async function about(
	desk: Desk,
	req: Request,
	view: (asked: Asked) => DeskAnswer | Promise<DeskAnswer>,
): Promise<DeskAnswer> {
	const account = await getAccount(desk.api, { accountId: String(req.params.accountId) });
	return isRefusal(account) ? account : view({ desk, account, trouble: null });
}

function ended(
	desk: Desk,
	account: Account,
	answer: unknown,
	done: DeskNotice,
	again: (trouble: Trouble) => DeskAnswer,
): DeskAnswer {
	if (!isRefusal(answer)) return { to: done === 'erased' ? DESK_PATHS.list : accountPath(account.id), done };
	const refusal: Refusal = answer;
	if (refusal.refusal === 'already-done') return { to: accountPath(account.id), done: 'already-done' };
	return again(refusalAsTrouble(desk, refusal));
}

export const reissuePage: DeskPage = {
	path: DESK_PATHS.reissue,
	get: (desk, req) => about(desk, req, reissueView),
	post: (desk, req) =>
		about(desk, req, async (asked) => {
			const { account } = asked;
			const why = readReason(desk.fields.reason);
			if ('flaw' in why) return reissueView({ ...asked, trouble: flawsAsTrouble(desk, [why.flaw]) });
			const answer = await reissueTemporaryPassword(desk.api, desk.agent, {
				accountId: account.id,
				reason: why.reason,
			});
			return ended(desk, account, answer, 'reissued', (trouble) => reissueView({ ...asked, trouble }));
		}),
};

function reissueView(asked: Asked): DeskAnswer {
	const { reissue } = asked.desk.words;
	return actView(asked, { ...reissue, lead: reissue.lead(nameOf(asked)), done: isUsed(asked) ? reissue.done : null });
}

export const erasePage: DeskPage = {
	path: DESK_PATHS.erase,
	get: (desk, req) => about(desk, req, eraseView),
	post: (desk, req) =>
		about(desk, req, async (asked) => {
			const { account } = asked;
			const why = readReason(desk.fields.reason);
			if ('flaw' in why) return eraseView({ ...asked, trouble: flawsAsTrouble(desk, [why.flaw]) });
			const answer = await eraseAccount(desk.api, desk.agent, { accountId: account.id, reason: why.reason });
			return ended(desk, account, answer, 'erased', (trouble) => eraseView({ ...asked, trouble }));
		}),
};

function eraseView(asked: Asked): DeskAnswer {
	const { erase } = asked.desk.words;
	return actView(asked, { ...erase, lead: erase.lead(nameOf(asked)), danger: true });
}

/** An act that needs nothing but a reason: what it does, why, and the button that does it. */
function actView(
	{ desk, account, trouble }: Asked,
	{
		title,
		lead,
		notes,
		go,
		danger,
		done,
	}: { title: string; lead: string; notes: string[]; go: string; danger?: boolean; done?: string | null },
): DeskAnswer {
	const cancel: [string, string] = [accountPath(account.id), desk.words.confirm.cancel];
	return {
		title,
		trouble,
		body: (
			<div class="card form">
				<h1>{title}</h1>
				{done ? (
					<>
						<p class="lead">{done}</p>
						<p>
							<a href={accountPath(account.id)}>{account.email}</a>
						</p>
					</>
				) : (
					<>
						<p class="lead">{lead}</p>
						<Notes notes={notes} />
						<DeskForm>
							<ReasonInput desk={desk} trouble={trouble} />
							<Buttons go={go} danger={danger} cancel={cancel} />
						</DeskForm>
					</>
				)}
			</div>
		),
	};
}

/** Corrects the e-mail in two steps: a second slip would send a temporary password to a stranger. */
export const correctPage: DeskPage = {
	path: DESK_PATHS.correct,
	get: (desk, req) => about(desk, req, correctView),
	post: (desk, req) =>
		about(desk, req, async (asked) => {
			const { account } = asked;
			const { email, reason, [STEP_FIELD]: step } = desk.fields;
			if (step === 'change') return correctView(asked);
			const read = readPerson({ email });
			const why = readReason(reason);
			const flaws = [...('flaws' in read ? read.flaws : []), ...('flaw' in why ? [why.flaw] : [])];
			if (!('person' in read) || !('reason' in why))
				return correctView({ ...asked, trouble: flawsAsTrouble(desk, flaws) });
			if (step !== 'go') return confirmView(asked, read.person.email);
			const correction = { accountId: account.id, email: read.person.email, reason: why.reason };
			const answer = await correctEmail(desk.api, desk.agent, correction);
			return ended(desk, account, answer, 'corrected', (trouble) => correctView({ ...asked, trouble }));
		}),
};

function correctView(asked: Asked): DeskAnswer {
	const { desk, account, trouble } = asked;
	const { correct, reissue } = desk.words;
	if (isUsed(asked)) return actView(asked, { ...correct, lead: '', done: reissue.done });
	return {
		title: correct.title,
		trouble,
		body: (
			<div class="card form">
				<h1>{correct.title}</h1>
				<p class="lead">{correct.lead(nameOf(asked))}</p>
				<DeskForm>
					<EmailInput id="email" label={correct.email} desk={desk} trouble={trouble} />
					<ReasonInput desk={desk} trouble={trouble} />
					<CheckButton text={correct.next} cancel={[accountPath(account.id), desk.words.confirm.cancel]} />
				</DeskForm>
			</div>
		),
	};
}

function confirmView({ desk, account }: Asked, email: string): DeskAnswer {
	const { correct, confirm } = desk.words;
	return {
		title: correct.confirmTitle,
		body: (
			<div class="card form">
				<h1>{correct.confirmTitle}</h1>
				<dl class="pairs">
					<dt>{correct.from}</dt>
					<dd>
						<bdi>{account.email}</bdi>
					</dd>
					<dt>{correct.to}</dt>
					<dd>
						<strong>
							<bdi>{email}</bdi>
						</strong>
					</dd>
				</dl>
				<Notes notes={correct.notes} />
				<DeskForm>
					<Carried fields={desk.fields} names={['email', 'reason']} />
					<Buttons go={correct.go} change={confirm.change} cancel={[accountPath(account.id), confirm.cancel]} />
				</DeskForm>
			</div>
		),
	};
}

function Notes({ notes }: { notes: string[] }) {
	return (
		<ul class="notes">
			{notes.map((note) => (
				<li>{note}</li>
			))}
		</ul>
	);
}

function nameOf({ desk, account }: Asked): string {
	return isolate(desk.speech.words, account.email);
}

function isUsed({ account }: Asked): boolean {
	return account.temporaryPassword.state === 'used';
}
