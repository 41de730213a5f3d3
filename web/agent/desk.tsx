import type { Request, RequestHandler, Response } from 'express';
import type { ComponentChildren } from 'preact';
import type { Profile } from '../../acts/accounts/profile.js';
import type { AgentCall } from '../../acts/door/caller.js';
import { recognizeAgent } from '../../acts/door/recognize.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { frame } from '../frame.js';
import { type Fields, idempotencyOf } from '../http/form.js';
import { ErrorSummary, NoticeLine } from '../layout/error-summary.js';
import { Form } from '../layout/form.js';
import { PLACES, placeOf } from '../places.js';
import { sendProblemPage } from '../problem-page.js';
import type { Trouble } from '../refusals.js';
import { automaticUrl, openVisit, type Pages, type Visit } from '../visit.js';
import { readDeskForm } from './form.js';
import { type DeskNotice, isDeskNotice } from './notices.js';
import { DESK_PATHS } from './paths.js';
import { deskWordsOf } from './words/index.js';
import type { DeskWords } from './words/words.js';

/** One request at the desk, by an agent whose session was recognized. */
export interface Desk extends Omit<Visit, 'me' | 'notice'> {
	me: Profile;
	agent: AgentCall;
	words: DeskWords;
	/** As sent; empty for a page that is only looked at. */
	fields: Fields;
	/** What the act before came to. */
	done: DeskNotice | null;
}

/** What a page of the desk shows. */
export interface DeskView {
	title: string;
	body: ComponentChildren;
	trouble?: Trouble | null;
	/** The page itself says what the act before came to. */
	saysDone?: boolean;
	/** Seconds after which the page is asked for again, without a script. */
	reloadAfter?: number | undefined;
}

/** What a request at the desk comes to: a page, another place, or a refusal, which is a page as well. */
export type DeskAnswer = DeskView | { to: string; done?: DeskNotice } | Refusal;

export interface DeskPage {
	path: (typeof DESK_PATHS)[keyof typeof DESK_PATHS];
	get(desk: Desk, req: Request): Promise<DeskAnswer> | DeskAnswer;
	post?(desk: Desk, req: Request): Promise<DeskAnswer> | DeskAnswer;
}

/** RFC 9110, 15.5.21: the form was understood and is not right. */
const UNPROCESSABLE = 422;

/** Answers a page's requests, for agents only. */
export function deskHandler(pages: Pages, answer: DeskPage['get']): RequestHandler {
	return async (req, res) => {
		const visit = await openVisit(pages, req);
		const opened = await openDesk(visit);
		if (isRefusal(opened)) return turnAway(visit, opened, res);
		const desk = req.method === 'POST' ? await withForm(opened, req, res) : opened;
		const answered = await answer(desk, req);
		if (isRefusal(answered)) return refuseAtDesk(visit, answered, res);
		if ('to' in answered) return visit.flash.lead(res, answered.to, answered.done);
		if (answered.reloadAfter && desk.done) visit.flash.keep(req, desk.done);
		sendView(desk, answered, req, res);
	};
}

async function openDesk(visit: Visit): Promise<Desk | Refusal> {
	const agent = await recognizeAgent(visit.api, visit.call.token, visit.call.automatic);
	if (isRefusal(agent)) return agent;
	const { me } = visit;
	// An API key is for programs: as a cookie it opens nothing.
	if (!me) return refuse('not-signed-in');
	const call: AgentCall = { agent: agent.name, source: visit.call.source };
	const done = isDeskNotice(visit.word) ? visit.word : null;
	return { ...visit, me, agent: call, words: deskWordsOf(visit.speech), fields: {}, done };
}

/** Read only now that it is known who sent it: a list may be long. */
async function withForm(desk: Desk, req: Request, res: Response): Promise<Desk> {
	const fields = await readDeskForm(req, res);
	return { ...desk, fields, agent: { ...desk.agent, idempotency: idempotencyOf(req, fields) } };
}

/** Whoever may still become an agent of this session is led on; a user is told that this is not for them. */
function turnAway(visit: Visit, refusal: Refusal, res: Response): void {
	const { me, call, now, flash } = visit;
	if (!me) flash.lead(res, PLACES.logIn, call.token ? 'session-ended' : null);
	else if (me.role === 'agent') res.redirect(303, placeOf(me, now));
	else sendProblemPage(visit, res, refusal);
}

function refuseAtDesk(visit: Visit, refusal: Refusal, res: Response): void {
	if (refusal.refusal === 'not-signed-in') visit.flash.lead(res, PLACES.logIn, 'session-ended');
	else sendProblemPage(visit, res, refusal);
}

function sendView(desk: Desk, view: DeskView, req: Request, res: Response): void {
	const { title, body, trouble = null, reloadAfter } = view;
	const { speech, words } = desk;
	const done = view.saysDone ? null : desk.done;
	const told = (trouble || done) && (
		<div class="told">
			<ErrorSummary speech={speech} trouble={trouble} />
			<NoticeLine text={!trouble && done ? words.notices[done] : null} />
		</div>
	);
	if (reloadAfter) {
		const kept: Record<string, string> = desk.done ? { done: desk.done } : {};
		res.set('Refresh', `${reloadAfter}; url=${automaticUrl(req, kept)}`);
	}
	const children = (
		<div class="desk">
			{told}
			{body}
		</div>
	);
	const corner = <Corner desk={desk} />;
	res
		.status(trouble ? UNPROCESSABLE : 200)
		.send(frame(desk, { title, failed: trouble !== null, corner, home: PLACES.desk, wide: true, children }));
}

function Corner({ desk: { me, speech, words } }: { desk: Desk }) {
	const links = [
		[DESK_PATHS.list, words.nav.accounts],
		[DESK_PATHS.register, words.nav.register],
		[DESK_PATHS.batches, words.nav.registerMany],
	];
	return (
		<>
			<nav class="desk-nav" aria-label={words.nav.label}>
				{links.map(([href, text]) => (
					<a href={href}>{text}</a>
				))}
			</nav>
			<a class="who" href={PLACES.home} title={words.nav.own}>
				<bdi>{me.email}</bdi>
			</a>
			<Form action={PLACES.logOut} act="log-out">
				<button type="submit" class="button small quiet">
					{speech.words.common.logOut}
				</button>
			</Form>
		</>
	);
}
