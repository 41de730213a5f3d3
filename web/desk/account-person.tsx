import { correctAccount } from '../../acts/accounts/correction.js';
import { isRefusal } from '../../domain/refusal.js';
import { SelectField, TextField } from '../kit/fields.js';
import { Form } from '../kit/form.js';
import type { Answer } from '../kit/page.js';
import { accountPath, PATHS } from '../kit/paths.js';
import { aboutAccount, nameOf } from './account-parts.js';
import { Buttons, ReasonField } from './form-parts.js';
import { languageOptions } from './languages.js';
import { readCorrectionAndReason } from './person-form.js';
import { agentCall, type DeskPage } from './section.js';

/** Corrects name and language. It sends no mail and opens nothing, so one step is enough. */
export const correctPersonPage: DeskPage = {
	path: PATHS.correctPerson,
	show: (desk, entry) =>
		aboutAccount(desk, (account) => {
			const { words, speech } = desk;
			const { person } = words.help;
			return {
				title: person.title,
				body: (
					<div class="card form">
						<h1>{person.title}</h1>
						<p class="lead">{person.lead(nameOf(desk, account))}</p>
						<Form>
							<TextField
								id="name"
								label={`${words.register.name} (${words.register.optional})`}
								hint={person.nameHint}
								entry={entry}
								value={account.name ?? ''}
								optional
							/>
							<SelectField
								id="locale"
								label={words.register.language}
								hint={words.register.languageHint}
								entry={entry}
								options={languageOptions(speech, account.locale)}
								value={account.locale}
							/>
							<ReasonField words={words} entry={entry} />
							<Buttons act="go" text={person.go} cancel={[accountPath(account.id), words.confirm.cancel]} />
						</Form>
					</div>
				),
			};
		}),
	acts: {
		go: {
			run: async (desk, fields): Promise<Answer> => {
				const read = readCorrectionAndReason(fields);
				if (isRefusal(read)) return read;
				const accountId = desk.params.accountId ?? '';
				const { correction, reason } = read;
				const answer = await correctAccount(desk.api, agentCall(desk), { accountId, ...correction, reason });
				return isRefusal(answer) ? answer : { to: accountPath(accountId), flash: 'person-corrected' };
			},
		},
	},
};
