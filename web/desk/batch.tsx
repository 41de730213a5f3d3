import {
	type Batch,
	type CheckedBatch,
	checkBatch,
	listBatches,
	ROWS_PER_SECOND,
	startBatch,
} from '../../acts/batches/batches.js';
import { getDraft, keepDraft } from '../../acts/batches/drafts.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { SECOND_MS } from '../../domain/time.js';
import { refuseFields } from '../kit/errors.js';
import { FileField, LinesField, SelectField } from '../kit/fields.js';
import { Carried, Form, Submit } from '../kit/form.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, Redirect, View } from '../kit/page.js';
import { accountPath, batchPath, PATHS } from '../kit/paths.js';
import { Progress } from './batch-progress.js';
import { Buttons, ReasonField, typedAgain } from './form-parts.js';
import { readWhy } from './person-form.js';
import { agentCall, type Desk, type DeskPage } from './section.js';

/** The list waits in the database while the agent reviews it. The page carries only its id. */
const DRAFT_FIELD = 'draft';
const FILE_TYPES = '.csv,.tsv,.txt,text/csv,text/plain';
const RATES = [1, 5, 10, 25, 50];
/** Maximum number of rows shown: no agent reads thousands of flaws. */
const ROWS_SHOWN = 100;

/** Registers a list of people in two steps. The agent reviews the list before the product registers and sends. */
export const batchesPage: DeskPage = {
	path: PATHS.batches,
	show: formView,
	acts: {
		check: {
			run: async (desk, fields) => {
				const read = await readList(desk, fields);
				if (isRefusal(read) || 'to' in read) return read;
				const { list, draftId, checked } = read;
				const kept = draftId ?? (await keepDraft(desk.api, agentCall(desk), list));
				return checkedView(desk, { ...fields, [DRAFT_FIELD]: kept }, checked);
			},
		},
		go: {
			run: async (desk, fields): Promise<Answer> => {
				const read = await readList(desk, fields);
				if (isRefusal(read) || 'to' in read) return read;
				const { checked, reason, draftId } = read;
				const wanted = { people: checked.people, rowsPerSecond: rateOf(fields), reason, draftId };
				const batch = await startBatch(desk.api, agentCall(desk), wanted);
				return isRefusal(batch) ? batch : { to: batchPath(batch.id) };
			},
		},
		change: {
			run: async (desk, fields) => {
				const given = await listOf(desk, fields);
				return isRefusal(given) || 'to' in given ? given : formView(desk, typedAgain(fields));
			},
		},
	},
};

/** A list of people, and the draft that keeps it. */
interface Given {
	list: string;
	draftId?: string;
}

/** The checked list of the form, and the reason for it. */
async function readList(
	desk: Desk,
	fields: Fields,
): Promise<(Given & { checked: CheckedBatch; reason: string }) | Redirect | Refusal> {
	const given = await listOf(desk, fields);
	if (isRefusal(given) || 'to' in given) return given;
	const checked = await checkBatch(desk.api, given.list);
	if (isRefusal(checked)) return checked;
	const why = readWhy(fields);
	return isRefusal(why) ? why : { ...given, checked, reason: why.reason };
}

/** The list of the form: its draft, else its file, else its text. A draft that became a batch redirects to that batch. */
async function listOf(desk: Desk, fields: Fields): Promise<Given | Redirect | Refusal> {
	const { [DRAFT_FIELD]: draftId, file, list = '' } = fields;
	if (!draftId) return { list: file?.trim() ? file : list };
	const draft = await getDraft(desk.api, agentCall(desk), draftId);
	if (draft?.batchId) return { to: batchPath(draft.batchId) };
	return draft ? { list: draft.list ?? '', draftId } : refuseFields([{ field: 'list', code: 'list-gone' }]);
}

function rateOf({ rate }: Fields): number {
	return Number(rate) || ROWS_PER_SECOND;
}

async function formView(desk: Desk, sent: Entry | null): Promise<View> {
	const { words, speech } = desk;
	const { batch } = words;
	// From here on the text field holds the list of a file or a draft, because a browser cannot fill in a file again.
	const given = sent && (await listOf(desk, sent.fields));
	const entry = sent && { ...sent, fields: { ...sent.fields, list: given && 'list' in given ? given.list : '' } };
	const recent = await listBatches(desk.api);
	return {
		title: batch.title,
		body: (
			<>
				<div class="card form">
					<h1>{batch.title}</h1>
					<p class="lead">{batch.lead}</p>
					<Form multipart>
						<LinesField id="list" label={batch.list} hint={batch.listHint} entry={entry} />
						<FileField id="file" label={batch.file} hint={batch.fileHint} entry={entry} accept={FILE_TYPES} />
						<SelectField
							id="rate"
							label={batch.rate}
							hint={batch.rateHint}
							entry={entry}
							options={RATES.map((rate) => ({ value: String(rate), label: speech.number(rate) }))}
							value={String(ROWS_PER_SECOND)}
						/>
						<ReasonField words={words} entry={entry} />
						<Buttons act="check" text={batch.check} cancel={[PATHS.desk, words.confirm.cancel]} />
					</Form>
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

function checkedView(desk: Desk, fields: Fields, { people, rows }: CheckedBatch): View {
	const { words, speech } = desk;
	const { batch } = words;
	const ready = people.length;
	const { number } = speech;
	return {
		title: batch.checkTitle,
		body: (
			<div class="card form">
				<h1>{batch.checkTitle}</h1>
				<p class="lead">{ready > 0 ? batch.ready(ready, number(ready)) : batch.nothing}</p>
				{ready > 0 && <p>{batch.takes(speech.lasting((ready / rateOf(fields)) * SECOND_MS))}</p>}
				<FlawedRows desk={desk} rows={rows.filter(({ problems }) => problems.length > 0)} />
				<KnownRows desk={desk} rows={rows.filter(({ problems, account }) => problems.length === 0 && account)} />
				<Form multipart>
					<Carried fields={fields} names={[DRAFT_FIELD, 'rate', 'reason']} />
					{ready > 0 ? (
						<Buttons
							act="go"
							text={batch.go(number(ready))}
							change={batch.change}
							cancel={[PATHS.desk, words.confirm.cancel]}
						/>
					) : (
						<p class="buttons">
							<Submit act="change">{batch.change}</Submit>
						</p>
					)}
				</Form>
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
