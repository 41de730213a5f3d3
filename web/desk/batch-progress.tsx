import { type Batch, getBatch, listStoppedRows, listTakenRows } from '../../acts/batches/batches.js';
import { AGENT_PREFIX } from '../../acts/door/recognize.js';
import { isRefusal } from '../../domain/refusal.js';
import type { Answer } from '../kit/page.js';
import { accountPath, batchPath, PATHS } from '../kit/paths.js';
import { say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import type { Desk, DeskPage } from './section.js';

/** Seconds between reloads of the page while the list is being registered. */
const RELOAD_AFTER = 3;

/** The progress of a list. */
export const batchPage: DeskPage = {
	path: PATHS.batch,
	show: async (desk): Promise<Answer> => {
		const batch = await getBatch(desk.api, { batchId: desk.params.batchId ?? '' });
		if (isRefusal(batch)) return batch;
		const taken = batch.rows.taken > 0 ? await listTakenRows(desk.api, { batchId: batch.id }) : [];
		const stopped = batch.rows.stopped > 0 ? await listStoppedRows(desk.api, { batchId: batch.id }) : [];
		const { batch: words } = desk.words;
		return {
			title: words.progressTitle,
			reloadAfter: batch.finishedAt ? undefined : RELOAD_AFTER,
			body: (
				<div class="card form">
					<h1>{words.progressTitle}</h1>
					<Progress desk={desk} batch={batch} />
					{!batch.finishedAt && <p class="quiet">{words.reload}</p>}
					{stopped.length > 0 && (
						<section aria-labelledby="stopped-title">
							<h2 id="stopped-title">{words.stoppedTitle}</h2>
							<p class="callout">{words.stoppedLead}</p>
							<ul class="plain">
								{stopped.map(({ email }) => (
									<li>
										<bdi>{email ?? '—'}</bdi>
									</li>
								))}
							</ul>
						</section>
					)}
					{taken.length > 0 && (
						<section aria-labelledby="taken-title">
							<h2 id="taken-title">{words.takenTitle}</h2>
							<ul class="plain">
								{taken.map(({ accountId, email, role }) => (
									<li>
										{role === 'user' && email ? (
											<a href={accountPath(accountId)}>
												<bdi>{email}</bdi>
											</a>
										) : (
											<bdi>{email ?? '—'}</bdi>
										)}
									</li>
								))}
							</ul>
						</section>
					)}
					<p class="buttons">
						<a class="button quiet" href={PATHS.desk}>
							{desk.words.account.back}
						</a>
						<a href={PATHS.batches}>{words.another}</a>
					</p>
				</div>
			),
		};
	},
};

/** A list: when and why it was started, and its progress. */
export function Progress({ desk, batch, linked }: { desk: Desk; batch: Batch; linked?: boolean }) {
	const { words, speech } = desk;
	const { rows, id, reason, createdAt, createdBy, finishedAt, stoppedAt } = batch;
	const finished = stoppedAt ? words.batch.stoppedAt : words.batch.finished;
	const done = rows.registered + rows.taken;
	const text = words.batch.progress(speech.number(done), speech.number(rows.all));
	const who =
		createdBy === desk.agent
			? desk.me.email
			: createdBy.startsWith(AGENT_PREFIX)
				? words.name
				: words.actors.key(createdBy);
	return (
		<>
			<p>{linked ? <a href={batchPath(id)}>{text}</a> : <strong>{text}</strong>}</p>
			<progress max={rows.all} value={done} aria-label={text} />
			<p>
				{[
					words.batch.registered(speech.number(rows.registered)),
					rows.taken > 0 && words.batch.taken(speech.number(rows.taken)),
					rows.waiting > 0 && words.batch.waiting(speech.number(rows.waiting)),
					rows.stopped > 0 && words.batch.stopped(speech.number(rows.stopped)),
				]
					.filter(Boolean)
					.join(' · ')}
			</p>
			<p class="quiet">
				{say(words.batch.started, <Time speech={speech} at={createdAt} style="moment" />, <bdi>{who}</bdi>)}
				{finishedAt && <> · {say(finished, <Time speech={speech} at={finishedAt} style="moment" />)}</>}
				{reason && <> · “{reason}”</>}
			</p>
		</>
	);
}
