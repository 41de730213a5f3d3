import { findKnown } from '../../acts/accounts/desk.js';
import type { Person } from '../../acts/accounts/person.js';
import { register } from '../../acts/accounts/registration.js';
import type { Account } from '../../acts/views.js';
import { isRefusal } from '../../domain/refusal.js';
import { EmailField, SelectField, TextField } from '../kit/fields.js';
import { Carried, Form } from '../kit/form.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, View } from '../kit/page.js';
import { accountPath, PATHS } from '../kit/paths.js';
import { isolate } from '../kit/say.js';
import { Buttons, ReasonField, typedAgain } from './form-parts.js';
import { DEFAULT_LANGUAGE, languageName, languageOptions } from './languages.js';
import { Moment } from './moments.js';
import { readPersonAndReason } from './person-form.js';
import { agentCall, type Desk, type DeskPage } from './section.js';
import { Attention, StepName } from './standing.js';

const FIELDS = ['email', 'name', 'locale', 'reason'] as const;

/** Registers one account in two steps. The agent reviews the data before the product sends a mail. */
export const registerPage: DeskPage = {
	path: PATHS.register,
	show: formView,
	acts: {
		check: { run: check },
		go: { run: go },
		change: { run: (desk, fields) => formView(desk, typedAgain(fields)) },
	},
};

async function check(desk: Desk, fields: Fields): Promise<Answer> {
	const read = readPersonAndReason(fields);
	if (isRefusal(read)) return read;
	const known = await findKnown(desk.api, read.person.email);
	return known ? takenView(desk, read.person.email, known) : confirmView(desk, read.person, fields);
}

async function go(desk: Desk, fields: Fields): Promise<Answer> {
	const read = readPersonAndReason(fields);
	if (isRefusal(read)) return read;
	const { person, reason } = read;
	const account = await register(desk.api, agentCall(desk), { ...person, reason });
	if (!isRefusal(account)) return { to: accountPath(account.id), flash: 'registered' };
	const known = account.refusal === 'email-taken' ? await findKnown(desk.api, person.email) : null;
	return known ? takenView(desk, person.email, known) : account;
}

function formView(desk: Desk, entry: Entry | null): View {
	const { words, speech } = desk;
	const { register: say } = words;
	return {
		title: say.title,
		body: (
			<div class="card form">
				<h1>{say.title}</h1>
				<p class="lead">{say.lead}</p>
				<Form>
					<EmailField id="email" label={say.email} entry={entry} autocomplete="off" />
					<TextField id="name" label={`${say.name} (${say.optional})`} entry={entry} optional />
					<SelectField
						id="locale"
						label={say.language}
						hint={say.languageHint}
						entry={entry}
						options={languageOptions(speech)}
						value={DEFAULT_LANGUAGE}
					/>
					<ReasonField words={words} entry={entry} />
					<Buttons act="check" text={say.next} cancel={[PATHS.desk, words.confirm.cancel]} />
				</Form>
			</div>
		),
	};
}

function confirmView(desk: Desk, { email, name, locale = DEFAULT_LANGUAGE }: Person, fields: Fields): View {
	const { words, speech } = desk;
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
				<Form>
					<Carried fields={fields} names={FIELDS} />
					<Buttons act="go" text={say.go} change={words.confirm.change} cancel={[PATHS.desk, words.confirm.cancel]} />
				</Form>
			</div>
		),
	};
}

/** The account that already has the e-mail: its current step, and a link to it. */
function takenView(desk: Desk, email: string, account: Account | 'agent'): View {
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
					<a href={PATHS.register}>{say.title}</a>
				</p>
			</div>
		),
	};
}
