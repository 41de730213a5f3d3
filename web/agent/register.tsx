import { findKnown } from '../../acts/accounts/desk.js';
import { type Person, readPerson, readReason } from '../../acts/accounts/person.js';
import { register } from '../../acts/accounts/registration.js';
import type { Account } from '../../acts/views.js';
import { isRefusal } from '../../domain/refusal.js';
import type { Trouble } from '../refusals.js';
import { isolate } from '../say.js';
import type { Desk, DeskAnswer, DeskPage } from './desk.js';
import { Buttons, Carried, CheckButton, DeskField, DeskForm, EmailInput, ReasonInput, STEP_FIELD } from './fields.js';
import { languageName, languageOptions } from './languages.js';
import { Moment } from './moments.js';
import { accountPath, DESK_PATHS } from './paths.js';
import { Attention, StepName } from './standing.js';
import { flawsAsTrouble, refusalAsTrouble } from './trouble.js';

const FIELDS = ['email', 'name', 'locale', 'reason'] as const;

/** Registers one account, in two steps: what is typed is looked at once more before a mail goes out. */
export const registerPage: DeskPage = {
	path: DESK_PATHS.register,
	get: (desk) => formView(desk, null),
	post: async (desk): Promise<DeskAnswer> => {
		const { fields } = desk;
		if (fields[STEP_FIELD] === 'change') return formView(desk, null);
		const { email, name, locale } = fields;
		const read = readPerson({ email, name, locale });
		const why = readReason(fields.reason);
		const flaws = [...('flaws' in read ? read.flaws : []), ...('flaw' in why ? [why.flaw] : [])];
		if (!('person' in read) || !('reason' in why)) return formView(desk, flawsAsTrouble(desk, flaws));
		if (fields[STEP_FIELD] === 'go') return perform(desk, read.person, why.reason);
		const known = await findKnown(desk.api, read.person.email);
		return known ? takenView(desk, read.person.email, known) : confirmView(desk, read.person);
	},
};

async function perform(desk: Desk, person: Person, reason: string): Promise<DeskAnswer> {
	const account = await register(desk.api, desk.agent, { ...person, reason });
	if (!isRefusal(account)) return { to: accountPath(account.id), done: 'registered' };
	if (account.refusal !== 'email-taken') return formView(desk, refusalAsTrouble(desk, account));
	const known = await findKnown(desk.api, person.email);
	return known ? takenView(desk, person.email, known) : formView(desk, refusalAsTrouble(desk, account));
}

function formView(desk: Desk, trouble: Trouble | null): DeskAnswer {
	const { words, speech, fields } = desk;
	const { register: say } = words;
	return {
		title: say.title,
		trouble,
		body: (
			<div class="card form">
				<h1>{say.title}</h1>
				<p class="lead">{say.lead}</p>
				<DeskForm>
					<EmailInput id="email" label={say.email} desk={desk} trouble={trouble} />
					<DeskField id="name" label={`${say.name} (${say.optional})`} trouble={trouble}>
						{(described) => (
							<input {...described} type="text" value={fields.name ?? ''} autocomplete="off" dir="auto" />
						)}
					</DeskField>
					<DeskField id="locale" label={say.language} hint={say.languageHint} trouble={trouble}>
						{(described) => (
							<select {...described}>
								{languageOptions(speech).map(({ value, label }) => (
									<option value={value} selected={value === (fields.locale ?? 'en')}>
										{label}
									</option>
								))}
							</select>
						)}
					</DeskField>
					<ReasonInput desk={desk} trouble={trouble} />
					<CheckButton text={say.next} cancel={[DESK_PATHS.list, words.confirm.cancel]} />
				</DeskForm>
			</div>
		),
	};
}

function confirmView(desk: Desk, { email, name, locale = 'en' }: Person): DeskAnswer {
	const { words, speech, fields } = desk;
	const { register: say } = words;
	return {
		title: say.confirmTitle,
		body: (
			<div class="card form">
				<h1>{say.confirmTitle}</h1>
				<p class="lead">{say.confirmLead(isolate(speech.words, email))}</p>
				<dl class="pairs">
					<dt>{say.email}</dt>
					<dd>
						<bdi>{email}</bdi>
					</dd>
					<dt>{say.name}</dt>
					<dd>{name ? <bdi>{name}</bdi> : words.account.noName}</dd>
					<dt>{say.language}</dt>
					<dd>{languageName(speech, locale)}</dd>
					<dt>{words.reason.label}</dt>
					<dd>{fields.reason}</dd>
				</dl>
				<DeskForm>
					<Carried fields={fields} names={FIELDS} />
					<Buttons go={say.go} change={words.confirm.change} cancel={[DESK_PATHS.list, words.confirm.cancel]} />
				</DeskForm>
			</div>
		),
	};
}

/** No error: the account that has the e-mail, where it stands, and the way to it. */
function takenView(desk: Desk, email: string, account: Account | 'agent'): DeskAnswer {
	const { words, speech } = desk;
	const { register: say } = words;
	const shown = isolate(speech.words, email);
	return {
		title: say.takenTitle,
		body: (
			<div class="card form">
				<h1>{say.takenTitle}</h1>
				<p class="lead">{account === 'agent' ? say.takenByAgent(shown) : say.taken(shown)}</p>
				{account !== 'agent' && (
					<>
						<p>
							<StepName desk={desk} account={account} /> <Attention desk={desk} account={account} />
						</p>
						<p>{words.stepMeaning[account.step]}</p>
						<dl class="pairs">
							<dt>{words.account.registered}</dt>
							<dd>
								<Moment desk={desk} at={account.createdAt} />
							</dd>
						</dl>
						<p class="buttons">
							<a class="button" href={accountPath(account.id)}>
								{say.show}
							</a>
						</p>
					</>
				)}
				<p>
					<a href={DESK_PATHS.register}>{say.title}</a>
				</p>
			</div>
		),
	};
}
