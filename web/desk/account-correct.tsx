import { correctEmail } from '../../acts/accounts/registration.js';
import type { Account } from '../../acts/views.js';
import { isRefusal } from '../../domain/refusal.js';
import { EmailField } from '../kit/fields.js';
import { Carried, Form } from '../kit/form.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, View } from '../kit/page.js';
import { accountPath, PATHS } from '../kit/paths.js';
import { aboutAccount, Notes, nameOf, pastView, unlessPast, whyNotIssued } from './account-parts.js';
import { Buttons, ReasonField, typedAgain } from './form-parts.js';
import { readPersonAndReason } from './person-form.js';
import { agentCall, type Desk, type DeskPage } from './section.js';

/** Corrects the e-mail in two steps: a second typing error would send a temporary password to a stranger. */
export const correctPage: DeskPage = {
	path: PATHS.correct,
	show: formView,
	acts: {
		check: {
			run: (desk, fields) => {
				const read = readPersonAndReason(fields);
				if (isRefusal(read)) return read;
				return aboutAccount(desk, (account) => confirmView(desk, account, read.person.email, fields));
			},
		},
		go: {
			run: async (desk, fields): Promise<Answer> => {
				const read = readPersonAndReason(fields);
				if (isRefusal(read)) return read;
				const accountId = desk.params.accountId ?? '';
				const correction = { accountId, email: read.person.email, reason: read.reason };
				const answer = await correctEmail(desk.api, agentCall(desk), correction);
				return isRefusal(answer) ? unlessPast(accountId, answer) : { to: accountPath(accountId), flash: 'corrected' };
			},
		},
		change: { run: (desk, fields) => formView(desk, typedAgain(fields)) },
	},
};

function formView(desk: Desk, entry: Entry | null): Promise<Answer> {
	return aboutAccount(desk, (account) => {
		const { words } = desk;
		const { correct, confirm } = words;
		const why = whyNotIssued(desk, account);
		if (why) return pastView(account, correct.title, why);
		return {
			title: correct.title,
			body: (
				<div class="card form">
					<h1>{correct.title}</h1>
					<p class="lead">{correct.lead(nameOf(desk, account))}</p>
					<Form>
						<EmailField id="email" label={correct.email} entry={entry} autocomplete="off" />
						<ReasonField words={words} entry={entry} />
						<Buttons act="check" text={correct.next} cancel={[accountPath(account.id), confirm.cancel]} />
					</Form>
				</div>
			),
		};
	});
}

function confirmView({ words }: Desk, account: Account, email: string, fields: Fields): View {
	const { correct, confirm } = words;
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
				<Form>
					<Carried fields={fields} names={['email', 'reason']} />
					<Buttons
						act="go"
						text={correct.go}
						change={confirm.change}
						cancel={[accountPath(account.id), confirm.cancel]}
					/>
				</Form>
			</div>
		),
	};
}
