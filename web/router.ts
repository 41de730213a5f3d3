import { type Request, type RequestHandler, type Response, Router } from 'express';
import { isRefusal, type Refusal, refuse, statusOf } from '../domain/refusal.js';
import { framePage } from './frame.js';
import { ACT_FIELD, type Fields, fieldsOf, idempotencyOf } from './http/form.js';
import type { Act, Done, Page } from './page.js';
import { PLACES, placeOf } from './places.js';
import { sendProblemPage } from './problem-page.js';
import { troubleOf } from './refusals.js';
import { openVisit, type Pages, type Visit } from './visit.js';

/** Answers a page's GET and POST: the reader sees it, does something on it, and is led on. */
export function pageRouter(pages: Pages, page: Page): Router {
	const router = Router({ strict: true, caseSensitive: true });
	router.get(page.place, show(pages, page));
	router.post(page.place, take(pages, page));
	return router;
}

function show(pages: Pages, page: Page): RequestHandler {
	return async (req, res) => {
		const visit = await openVisit(pages, req);
		if (page.isFor(visit)) res.send(await framePage(page, visit, null));
		else leadElsewhere(visit, res);
	};
}

/** Where the reader stands instead, told why when the session is what is missing. */
function leadElsewhere(visit: Visit, res: Response): void {
	const place = placeOf(visit.me, visit.now);
	const ended = place === PLACES.logIn && visit.call.token !== undefined;
	visit.flash.lead(res, place, ended ? 'session-ended' : visit.notice);
}

function take(pages: Pages, page: Page): RequestHandler {
	return async (req, res) => {
		const visit = await openVisit(pages, req);
		if (!req.is('application/x-www-form-urlencoded'))
			return sendProblemPage(visit, res, refuse('unsupported-media-type'));
		const fields = fieldsOf(req);
		const name = fields[ACT_FIELD] ?? '';
		const act = Object.hasOwn(page.acts, name) ? page.acts[name] : undefined;
		if (!act) return sendProblemPage(visit, res, refuse('invalid-request'));
		const outcome = await perform(visit, act, req, fields);
		if (isRefusal(outcome)) await answerRefusal({ visit, page, act, fields }, outcome, res);
		else goOn(visit, outcome, res);
	};
}

function perform(visit: Visit, act: Act, req: Request, fields: Fields): Promise<Done | Refusal> | Refusal {
	const missing = Object.entries(act.required ?? {}).filter(([field]) => !fields[field]?.trim());
	if (missing.length > 0) {
		const errors = missing.map(([field, code]) => ({ pointer: `/${field}`, code, detail: code }));
		return refuse('invalid-request', { status: 422, errors });
	}
	const call = { ...visit.call, idempotency: idempotencyOf(req, fields) };
	return act.run({ ...visit, call }, fields);
}

interface Refused {
	visit: Visit;
	page: Page;
	act: Act;
	fields: Fields;
}

/** Out of place, the reader is led to where they stand; else the page is shown again, with what is wrong. */
async function answerRefusal({ visit, page, act, fields }: Refused, refusal: Refusal, res: Response): Promise<void> {
	switch (refusal.refusal) {
		case 'not-signed-in':
			return visit.flash.lead(res, PLACES.logIn, 'session-ended');
		case 'already-done':
			return visit.flash.lead(res, PLACES.home, 'already-done');
		case 'wrong-step':
		case 'not-permitted':
			return res.redirect(303, PLACES.home);
	}
	const trouble = troubleOf(visit, refusal, act.sends);
	if (refusal.retryAfter !== undefined) res.set('Retry-After', String(refusal.retryAfter));
	res.locals.refusal = refusal.refusal;
	res.status(statusOf(refusal)).send(await framePage(page, visit, { refusal, fields, trouble }));
}

function goOn({ cookie, flash }: Visit, { to, token, notice }: Done, res: Response): void {
	if (token === null) cookie.remove(res);
	else if (token) cookie.write(res, token);
	flash.lead(res, to, notice);
}
