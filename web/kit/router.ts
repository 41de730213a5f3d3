import { type Request, type RequestHandler, type Response, Router } from 'express';
import { METHOD_REFUSED, refuseOtherMethods } from '../../api/http/methods.js';
import { isRefusal, type Refusal, refuse, statusOf } from '../../domain/refusal.js';
import { isUuid } from '../../domain/uuid.js';
import { errorsOf, refuseFields } from './errors.js';
import { keepFlash } from './flash.js';
import { frameView } from './frame.js';
import { automaticUrl } from './http/automatic.js';
import { ACT_FIELD, type Fields, idempotencyOf, readForm } from './http/form.js';
import type { Act, Answer, Entry, Page, Redirect, Section, View } from './page.js';
import { nextPath, PATHS } from './paths.js';
import { sendProblemPage } from './problem-page.js';
import { openVisit, type Pages, type Visit } from './visit.js';

const ID_PARAMS = ['accountId', 'batchId'];

/** Answers a page's GET and POST: shows it, runs its acts, and redirects the reader. */
export function pageRouter<V extends Visit>(pages: Pages, section: Section<V>, page: Page<V>): Router {
	const router = Router({ strict: true, caseSensitive: true });
	// A malformed id gives an unknown path.
	for (const name of ID_PARAMS) router.param(name, (_req, _res, next, id) => next(isUuid(id) ? undefined : 'router'));
	const served: Served<V> = { section, page };
	router.get(
		page.path,
		guarded(pages, section, (visit, _req, res) => show(served, visit, res)),
	);
	if (page.acts)
		router.post(
			page.path,
			guarded(pages, section, (visit, req, res) => take(served, visit, req, res)),
		);
	refuseOtherMethodsOf(pages, router);
	return router;
}

/** Answers other methods on a router's paths with a page. Call it after the router's last route. */
export function refuseOtherMethodsOf(pages: Pages, router: Router): void {
	refuseOtherMethods(router, async (req, res) => sendProblemPage(await openVisit(pages, req), res, METHOD_REFUSED));
}

/** Refuses every request for a path to the readers of a section. Other readers go where its pages lead them. */
export function refuseAt<V extends Visit>(pages: Pages, section: Section<V>, path: string, refusal: Refusal): Router {
	const handler = guarded(pages, section, async (visit, _req, res) => turnAway(visit, refusal, res));
	return Router({ strict: true, caseSensitive: true }).all(path, handler);
}

interface Served<V extends Visit> {
	section: Section<V>;
	page: Page<V>;
}

function guarded<V extends Visit>(
	pages: Pages,
	section: Section<V>,
	handle: (visit: V, req: Request, res: Response) => Promise<void>,
): RequestHandler {
	return async (req, res) => {
		const visit = await openVisit(pages, req);
		const opened = await section.open(visit);
		if (isRefusal(opened)) sendProblemPage(visit, res, opened);
		else if ('to' in opened) goOn(visit, opened, res);
		else await handle(opened, req, res);
	};
}

async function show<V extends Visit>(served: Served<V>, visit: V, res: Response): Promise<void> {
	const { isFor } = served.page;
	if (isFor && !isFor(visit)) return goOn(visit, elsewhere(visit), res);
	const answer = await served.page.show(visit, null);
	if (isRefusal(answer)) return turnAway(visit, answer, res);
	send(served, visit, answer, null, res);
}

/** Redirects to the reader's own next page, with a flash when the session has ended. */
function elsewhere(visit: Visit): Redirect {
	const to = nextPath(visit.me, visit.now);
	const ended = to === PATHS.logIn && visit.call.token !== undefined;
	return { to, flash: ended ? 'session-ended' : (visit.flash ?? undefined) };
}

async function take<V extends Visit>(served: Served<V>, visit: V, req: Request, res: Response): Promise<void> {
	const { page, section } = served;
	const sent = await readForm(req, res, section.formLengthMax);
	if (isRefusal(sent)) return sendProblemPage(visit, res, sent);
	const { fields } = sent;
	const name = fields[ACT_FIELD] ?? '';
	const act = page.acts && Object.hasOwn(page.acts, name) ? page.acts[name] : undefined;
	if (!act) return sendProblemPage(visit, res, refuse('invalid-request'));
	const answer = await perform(visit, act, req, fields);
	if (!isRefusal(answer)) send(served, visit, answer, null, res);
	else if (leadsTo(answer) || answer.refusal === 'not-found') turnAway(visit, answer, res);
	else await showAgain(served, { visit, act, fields }, answer, res);
}

function perform<V extends Visit>(visit: V, act: Act<V>, req: Request, fields: Fields): Promise<Answer> | Answer {
	const missing = Object.entries(act.required ?? {}).filter(([field]) => !fields[field]?.trim());
	if (missing.length > 0) {
		return refuseFields(missing.map(([field, code]) => ({ field, code })));
	}
	const call = { ...visit.call, idempotency: idempotencyOf(req, fields) };
	return act.run({ ...visit, call }, fields);
}

interface Sent<V extends Visit> {
	visit: V;
	act: Act<V>;
	fields: Fields;
}

/** Shows the page with the form as sent, and its errors. */
async function showAgain<V extends Visit>(
	served: Served<V>,
	{ visit, act, fields }: Sent<V>,
	refusal: Refusal,
	res: Response,
): Promise<void> {
	const flaw = (code: string, values: Parameters<Section<V>['flaw']>[2]) => served.section.flaw(visit, code, values);
	const entry: Entry = { fields, refusal, errors: errorsOf(visit, refusal, { sends: act.sends, flaw }) };
	const again = await served.page.show(visit, entry);
	if (isRefusal(again)) return turnAway(visit, again, res);
	if (refusal.retryAfter !== undefined) res.set('Retry-After', String(refusal.retryAfter));
	res.locals.refusal = refusal.refusal;
	res.status(statusOf(refusal));
	send(served, visit, again, entry, res);
}

/** The redirect for a refusal about the reader's step or session; null for any other refusal. */
function leadsTo({ refusal }: Refusal): Redirect | null {
	switch (refusal) {
		case 'not-signed-in':
			return { to: PATHS.logIn, flash: 'session-ended' };
		case 'already-done':
			return { to: PATHS.home, flash: 'already-done' };
		case 'wrong-step':
		case 'not-permitted':
			return { to: PATHS.home };
		default:
			return null;
	}
}

function turnAway(visit: Visit, refusal: Refusal, res: Response): void {
	const redirect = leadsTo(refusal);
	if (redirect) goOn(visit, redirect, res);
	else sendProblemPage(visit, res, refusal);
}

function send<V extends Visit>(
	served: Served<V>,
	visit: V,
	answer: View | Redirect,
	entry: Entry | null,
	res: Response,
) {
	if ('to' in answer) return goOn(visit, answer, res);
	const { flash, cookies, path, url } = visit;
	if (answer.reloadAfter) res.set('Refresh', `${answer.reloadAfter}; url=${automaticUrl(path, url)}`);
	if (flash && answer.reloadAfter) keepFlash(cookies.flash, res, path, flash);
	else if (flash) cookies.flash.remove(res);
	res.send(frameView(visit, served.section, answer, entry));
}

function goOn({ cookies }: Visit, { to, token, language, flash }: Redirect, res: Response): void {
	if (token === null) cookies.session.remove(res);
	else if (token) cookies.session.write(res, token);
	if (language === null) cookies.language.remove(res);
	else if (language) cookies.language.write(res, language);
	if (flash) keepFlash(cookies.flash, res, to, flash);
	res.redirect(303, to);
}
