import type { Response } from 'express';
import { type Refusal, statusOf } from '../../domain/refusal.js';
import { errorsOf } from './errors.js';
import { framePlain } from './frame.js';
import { PATHS } from './paths.js';
import type { Visit } from './visit.js';

/** A refusal outside a form, as a page: what happened, and the way back. Null stands for an unexpected error. */
export function sendProblemPage(visit: Visit, res: Response, refusal: Refusal | null): void {
	const { problem } = visit.speech.words;
	const missing = refusal?.refusal === 'not-found';
	const title = missing ? problem.notFoundTitle : problem.title;
	if (refusal?.retryAfter !== undefined) res.set('Retry-After', String(refusal.retryAfter));
	res.locals.refusal = refusal?.refusal;
	const children = (
		<div class="card narrow">
			<h1>{title}</h1>
			{refusal ? (
				errorsOf(visit, refusal).summary.map(({ text }) => <p class="lead">{text}</p>)
			) : (
				<Unexpected visit={visit} res={res} />
			)}
			<p>
				<a class="button" href={PATHS.home}>
					{problem.home}
				</a>
			</p>
		</div>
	);
	res.status(refusal ? statusOf(refusal) : 500).send(framePlain(visit, { title, failed: !missing, children }));
}

function Unexpected({ visit, res }: { visit: Visit; res: Response }) {
	return (
		<p class="lead">
			{visit.speech.words.problem.unexpected} <bdi class="id">{String(res.getHeader('X-Request-Id') ?? '')}</bdi>
		</p>
	);
}
