import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import type { Api } from '../acts/context.js';
import { inTurn } from '../api/http/admission.js';
import { refusalOf } from '../api/http/errors.js';
import { METHOD_REFUSED, type OnOtherMethod, refuseOtherMethods } from '../api/http/methods.js';
import { networkOf } from '../api/http/network.js';
import { refuse } from '../domain/refusal.js';
import { deskRouter } from './agent/router.js';
import { assetRouter } from './http/assets.js';
import { sessionCookie } from './http/cookie.js';
import { flashCookie } from './http/flash.js';
import { readForm, refuseControls } from './http/form.js';
import { languagesOf } from './http/languages.js';
import { isOwnRequest } from './http/origin.js';
import type { PageOptions } from './options.js';
import { codePage } from './pages/code.js';
import { donePage } from './pages/done.js';
import { homePage } from './pages/home.js';
import { logInPage } from './pages/log-in.js';
import { logOutPage } from './pages/log-out.js';
import { mobileTokenPage, qrCodeRouter } from './pages/mobile-token.js';
import { passwordPage } from './pages/password.js';
import { phonePage } from './pages/phone.js';
import { phoneCodePage } from './pages/phone-code.js';
import { PLACES } from './places.js';
import { sendProblemPage } from './problem-page.js';
import { pageRouter } from './router.js';
import { speechFor } from './speech.js';
import { openVisit, type Pages, type Visit } from './visit.js';

export type { PageOptions } from './options.js';

const PAGES = [
	homePage,
	logInPage,
	logOutPage,
	codePage,
	passwordPage,
	mobileTokenPage,
	phonePage,
	phoneCodePage,
	donePage,
];

/** The desk reads its own forms, once it knows who sent them: lists are longer than what users send. */
const USERS_PLACES = Object.values(PLACES).filter((place) => place !== PLACES.desk);

/** The pages for users, and the desk. To be mounted last: what a browser asks for and nobody has is answered here, by a page. */
export function createPages(api: Api, options: PageOptions): Router {
	const pages: Pages = {
		api,
		options,
		cookie: sessionCookie(options.publicUrl),
		flash: flashCookie(options.publicUrl),
	};
	const router = Router({ strict: true, caseSensitive: true });
	router.use(assetRouter());
	const turn = inTurn(api.load.acts, (req, res, refusal) => sendProblemPage(visitOfStranger(pages, req), res, refusal));
	router.all(USERS_PLACES, ...pageGuards(pages), readForm, refuseControls, turn);
	router.use(PLACES.desk, ...pageGuards(pages), refuseControls, turn);
	const onOther: OnOtherMethod = async (req, res) => sendProblemPage(await openVisit(pages, req), res, METHOD_REFUSED);
	for (const part of [...PAGES.map((page) => pageRouter(pages, page)), qrCodeRouter(pages)]) {
		refuseOtherMethods(part, onOther);
		router.use(part);
	}
	router.use(deskRouter(pages, onOther));
	router.use(onPageMissing(pages));
	router.use(onPageError(pages));
	return router;
}

/** What every page goes through before it is asked: its headers, and whether a form is ours. */
function pageGuards(pages: Pages): RequestHandler[] {
	return [pageHeaders(pages.options), refuseOtherSites(pages)];
}

function pageHeaders({ platformUrl }: PageOptions): RequestHandler {
	return (_req, res, next) => {
		res.locals.isPage = true;
		res.set('Cache-Control', 'no-store').set('Permissions-Policy', 'otp-credentials=(self)').vary('Accept-Language');
		// Under `no-referrer` browsers send `Origin: null` with a form, and we could not tell our own from another's.
		res.set('Referrer-Policy', 'same-origin');
		// A form's answer may lead to the platform, and browsers hold redirects to `form-action` too.
		if (platformUrl) allowFormsTo(new URL(platformUrl).origin, res);
		next();
	};
}

function allowFormsTo(origin: string, res: Parameters<RequestHandler>[1]): void {
	const policy = String(res.getHeader('Content-Security-Policy') ?? '');
	res.set('Content-Security-Policy', policy.replace("form-action 'self'", `form-action 'self' ${origin}`));
}

function refuseOtherSites(pages: Pages): RequestHandler {
	return async (req, res, next) => {
		if (isOwnRequest(req, pages.options.publicUrl)) return next();
		sendProblemPage(await openVisit(pages, req), res, refuse('cross-site'));
	};
}

/** Programs are told in JSON, by the API. */
function onPageMissing(pages: Pages): RequestHandler {
	return async (req, res, next) => {
		const forPeople = req.method === 'GET' && !req.path.startsWith('/v1/') && req.accepts(['json', 'html']) === 'html';
		if (!forPeople && !res.locals.isPage) return next();
		sendProblemPage(await openVisit(pages, req), res, refuse('not-found'));
	};
}

/** A visit that asks the database nothing. */
function visitOfStranger(pages: Pages, req: Request): Visit {
	const languages = languagesOf(req);
	const call = { token: undefined, source: networkOf(req.ip) };
	const now = pages.api.clock.now();
	return { ...pages, call, me: null, speech: speechFor(languages), languages, now, notice: null, word: null };
}

/** What was thrown becomes a page that asks the database nothing: it may be what failed. */
function onPageError(pages: Pages): ErrorRequestHandler {
	return (error, req, res, next) => {
		if (res.headersSent || !res.locals.isPage) return next(error);
		const visit = visitOfStranger(pages, req);
		const tooLarge = error?.status === 413 ? refuse('payload-too-large') : null;
		sendProblemPage(visit, res, tooLarge ?? refusalOf(error, req));
	};
}
