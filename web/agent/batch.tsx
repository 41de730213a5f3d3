import { readReason } from '../../acts/accounts/person.js';
import {
	type Batch,
	type CheckedBatch,
	checkBatch,
	listBatches,
	ROWS_PER_SECOND,
	startBatch,
} from '../../acts/batches/batches.js';
import { getDraft, keepDraft } from '../../acts/batches/drafts.js';
import { BATCH_ROWS_MAX } from '../../acts/batches/rows.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { SECOND_MS } from '../../domain/time.js';
import type { Trouble } from '../refusals.js';
import { Progress } from './batch-progress.js';
import type { Desk, DeskAnswer, DeskPage } from './desk.js';
import {
	Buttons,
	Carried,
	CheckButton,
	DeskField,
	DeskForm,
	type FormStep,
	ReasonInput,
	STEP_FIELD,
} from './fields.js';
import { accountPath, batchPath, DESK_PATHS } from './paths.js';
import { flawsAsTrouble, refusalAsTrouble } from './trouble.js';

/** The list waits in the database while it is looked through: the page only carries its id. */
const DRAFT_FIELD = 'draft';
const RATES = [1, 5, 10, 25, 50];
/** A page that lists thousands of flaws helps nobody. */
const ROWS_SHOWN = 100;

/** Registers many, in two steps: the list is looked through before anything is kept or sent. */
export const batchesPage: DeskPage = {
	path: DESK_PATHS.batches,
	get: (desk) => formView(desk, null),
	post: async (desk): Promise<DeskAnswer> => {
		const { fields } = desk;
		const draft = fields[DRAFT_FIELD] ? await getDraft(desk.api, desk.agent, fields[DRAFT_FIELD]) : null;
		if (draft?.batchId) return { to: batchPath(draft.batchId) };
		if (fields[DRAFT_FIELD] && !draft) return formView(desk, draftGone(desk));
		const csv = draft?.list ?? (fields.file?.trim() ? fields.file : (fields.list ?? ''));
		if (fields[STEP_FIELD] === 'change') return formView(withList(desk, csv), null);
		const checked = await checkBatch(desk.api, csv);
		const why = readReason(fields.reason);
		if (isRefusal(checked)) return formView(desk, listTrouble(desk, checked));
		if ('flaw' in why) return formView(withList(desk, csv), flawsAsTrouble(desk, [why.flaw]));
		if (fields[STEP_FIELD] !== 'go') {
			return checkedView(desk, draft?.id ?? (await keepDraft(desk.api, desk.agent, csv)), checked);
		}
		const rowsPerSecond = Number(fields.rate) || ROWS_PER_SECOND;
		const { people } = checked;
		const wanted = { people, rowsPerSecond, reason: why.reason, draftId: draft?.id };
		const batch = await startBatch(desk.api, desk.agent, wanted);
		if (isRefusal(batch)) return formView(withList(desk, csv), refusalAsTrouble(desk, batch));
		return { to: batchPath(batch.id) };
	},
};

function withList(desk: Desk, list: string): Desk {
	return { ...desk, fields: { ...desk.fields, list } };
}

function draftGone({ words }: Desk): Trouble {
	const text = words.batch.refused.gone;
	return { problems: [{ text, field: 'list' }], fields: { list: text } };
}

function listTrouble(desk: Desk, { refusal, errors = [] }: Refusal): Trouble {
	const { refused } = desk.words.batch;
	const unreadable = errors.some(({ code }) => code === 'unreadable');
	const text =
		refusal === 'payload-too-large'
			? refused.tooLong(desk.speech.number(BATCH_ROWS_MAX))
			: unreadable
				? refused.unreadable
				: refused.empty;
	return { problems: [{ text, field: 'list' }], fields: { list: text } };
}

async function formView(desk: Desk, trouble: Trouble | null): Promise<DeskAnswer> {
	const { words, speech, fields } = desk;
	const { batch } = words;
	const recent = await listBatches(desk.api);
	return {
		title: batch.title,
		trouble,
		body: (
			<>
				<div class="card form">
					<h1>{batch.title}</h1>
					<p class="lead">{batch.lead}</p>
					<DeskForm multipart>
						<DeskField id="list" label={batch.list} hint={batch.listHint} trouble={trouble}>
							{(described) => (
								<textarea {...described} rows={8} dir="ltr" spellcheck={false} autocomplete="off">
									{fields.list ?? ''}
								</textarea>
							)}
						</DeskField>
						<DeskField id="file" label={batch.file} hint={batch.fileHint} trouble={trouble}>
							{(described) => <input {...described} type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" />}
						</DeskField>
						<DeskField id="rate" label={batch.rate} hint={batch.rateHint} trouble={trouble}>
							{(described) => (
								<select {...described}>
									{RATES.map((rate) => (
										<option value={rate} selected={rate === (Number(fields.rate) || ROWS_PER_SECOND)}>
											{speech.number(rate)}
										</option>
									))}
								</select>
							)}
						</DeskField>
						<ReasonInput desk={desk} trouble={trouble} />
						<CheckButton text={batch.check} cancel={[DESK_PATHS.list, words.confirm.cancel]} />
					</DeskForm>
				</div>
				{recent.length > 0 && <Recent desk={desk} batches={recent} />}
			</>
		),
	};
}

function Recent({ desk, batches }: { desk: Desk; batches: Batch[] }) {
	return (
		<section class="card form" aria-labelledby="recent-title">
			<h2 id="recent-title">{desk.words.batch.recent}</h2>
			<ul class="story">
				{batches.map((batch) => (
					<li>
						<Progress desk={desk} batch={batch} linked />
					</li>
				))}
			</ul>
		</section>
	);
}

function checkedView(desk: Desk, draftId: string, checked: CheckedBatch): DeskAnswer {
	const { words, speech, fields } = desk;
	const { batch } = words;
	const ready = checked.people.length;
	const rate = Number(fields.rate) || ROWS_PER_SECOND;
	return {
		title: batch.checkTitle,
		body: (
			<div class="card form">
				<h1>{batch.checkTitle}</h1>
				<p class="lead">{ready > 0 ? batch.ready(ready, speech.number(ready)) : batch.nothing}</p>
				{ready > 0 && <p>{batch.takes(speech.lasting((ready / rate) * SECOND_MS))}</p>}
				<FlawedRows desk={desk} rows={checked.rows.filter(({ problems }) => problems.length > 0)} />
				<KnownRows
					desk={desk}
					rows={checked.rows.filter(({ problems, account }) => problems.length === 0 && account)}
				/>
				<DeskForm multipart>
					<Carried fields={{ ...fields, [DRAFT_FIELD]: draftId }} names={[DRAFT_FIELD, 'rate', 'reason']} />
					{ready > 0 ? (
						<Buttons
							go={batch.go(speech.number(ready))}
							change={batch.change}
							cancel={[DESK_PATHS.list, words.confirm.cancel]}
						/>
					) : (
						<p class="buttons">
							<button type="submit" name={STEP_FIELD} value={'change' satisfies FormStep} class="button">
								{batch.change}
							</button>
						</p>
					)}
				</DeskForm>
			</div>
		),
	};
}

interface RowsProps {
	desk: Desk;
	rows: CheckedBatch['rows'];
}

function FlawedRows({ desk, rows }: RowsProps) {
	const { batch } = desk.words;
	const { number } = desk.speech;
	if (rows.length === 0) return null;
	return (
		<section aria-labelledby="flawed-title">
			<h2 id="flawed-title">{batch.flawed(rows.length, number(rows.length))}</h2>
			<ul class="story">
				{rows.slice(0, ROWS_SHOWN).map(({ line, person, problems }) => (
					<li>
						<p>
							<strong>{batch.line(number(line))}</strong> {person.email && <bdi>{person.email}</bdi>}
						</p>
						{problems.map((problem) => (
							<p class="flaw">{batch.problems[problem]}</p>
						))}
					</li>
				))}
			</ul>
			<MoreRows desk={desk} rows={rows} />
		</section>
	);
}

function KnownRows({ desk, rows }: RowsProps) {
	const { batch } = desk.words;
	if (rows.length === 0) return null;
	return (
		<section aria-labelledby="known-title">
			<h2 id="known-title">{batch.known(rows.length, desk.speech.number(rows.length))}</h2>
			<ul class="plain">
				{rows.slice(0, ROWS_SHOWN).map(({ person: { email }, account }) => (
					<li>
						{account?.role === 'user' ? (
							<a href={accountPath(account.id)}>
								<bdi>{email}</bdi>
							</a>
						) : (
							<bdi>{email}</bdi>
						)}
					</li>
				))}
			</ul>
			<MoreRows desk={desk} rows={rows} />
		</section>
	);
}

function MoreRows({ desk: { words, speech }, rows }: RowsProps) {
	const more = rows.length - ROWS_SHOWN;
	return more > 0 ? <p>{words.batch.moreRows(speech.number(more))}</p> : null;
}
