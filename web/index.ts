import { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import type { Api } from '../acts/context.js';
import { inTurn } from '../api/http/admission.js';
import { refusalOf } from '../api/http/errors.js';
import { refuse } from '../domain/refusal.js';
import { deskRouter } from './desk/router.js';
import { assetRouter } from './kit/http/assets.js';
import { createCookies } from './kit/http/cookies.js';
import { holdsTexts } from './kit/http/form.js';
import { isOwnRequest } from './kit/http/origin.js';
import type { PageOptions } from './kit/options.js';
import { PATHS } from './kit/paths.js';
import { sendProblemPage } from './kit/problem-page.js';
import { pageRouter } from './kit/router.js';
import { openVisit, type Pages, strangersVisit } from './kit/visit.js';
import { codePage } from './pages/code.js';
import { donePage } from './pages/done.js';
import { homePage } from './pages/home.js';
import { languagePage } from './pages/language.js';
import { logInPage } from './pages/log-in.js';
import { logOutPage } from './pages/log-out.js';
import { mobileTokenPage, qrCodeRouter } from './pages/mobile-token.js';
import { passwordPage } from './pages/password.js';
import { phonePage } from './pages/phone.js';
import { phoneCodePage } from './pages/phone-code.js';
import { userSection } from './pages/section.js';

export type { PageOptions } from './kit/options.js';

const USER_PAGES = [
	homePage,
	logInPage,
	logOutPage,
	languagePage,
	codePage,
	passwordPage,
	mobileTokenPage,
	phonePage,
	phoneCodePage,
	donePage,
];

/** The pages of users and of the desk. Mount it last: it answers a browser's request for an unknown path with a page. */
export function createPages(api: Api, options: PageOptions): Router {
	const pages: Pages = { api, options, cookies: createCookies(options.publicUrl) };
	const router = Router({ strict: true, caseSensitive: true });
	router.use(assetRouter());
	const turn = inTurn(api.load.acts, (req, res, refusal) => sendProblemPage(strangersVisit(pages, req), res, refusal));
	// Every page passes these first: its headers, the origin of a form, the text of the query, and its turn.
	const guards = [pageHeaders(options), refuseOtherSites(pages), refuseControls(pages), turn];
	router.all([...Object.values(PATHS), `${PATHS.desk}/*rest`], ...guards);
	for (const page of USER_PAGES) router.use(pageRouter(pages, userSection, page));
	router.use(deskRouter(pages));
	router.use(qrCodeRouter(pages));
	router.use(onPageMissing(pages));
	router.use(onPageError(pages));
	return router;
}

function pageHeaders(options: PageOptions): RequestHandler {
	return (_req, res, next) => {
		setPageHeaders(res, options);
		next();
	};
}

function setPageHeaders(res: Response, { platformUrl }: PageOptions): void {
	res.locals.isPage = true;
	res.set('Cache-Control', 'no-store').set('Permissions-Policy', 'otp-credentials=(self)').vary('Accept-Language');
	// Under `no-referrer` browsers send `Origin: null` with a form, so we could not recognize our own forms.
	res.set('Referrer-Policy', 'same-origin');
	// A form's answer may redirect to the platform, and browsers apply `form-action` to redirects too.
	if (platformUrl) allowFormsTo(new URL(platformUrl).origin, res);
}

function allowFormsTo(origin: string, res: Response): void {
	const policy = String(res.getHeader('Content-Security-Policy') ?? '');
	res.set('Content-Security-Policy', policy.replace("form-action 'self'", `form-action 'self' ${origin}`));
}

function refuseOtherSites(pages: Pages): RequestHandler {
	return async (req, res, next) => {
		if (isOwnRequest(req, pages.options.publicUrl)) return next();
		sendProblemPage(await openVisit(pages, req), res, refuse('cross-site'));
	};
}

/** Checks the query before anything reads it. `readForm` checks a form. */
function refuseControls(pages: Pages): RequestHandler {
	return (req, res, next) => {
		if (holdsTexts(req.query)) next();
		else sendProblemPage(strangersVisit(pages, req), res, refuse('invalid-request'));
	};
}

/** Answers browsers with a page. Programs get JSON from the API. */
function onPageMissing(pages: Pages): RequestHandler {
	return async (req, res, next) => {
		const forPeople = req.method === 'GET' && !req.path.startsWith('/v1/') && req.accepts(['json', 'html']) === 'html';
		if (!forPeople && !res.locals.isPage) return next();
		if (!res.locals.isPage) setPageHeaders(res, pages.options);
		sendProblemPage(await openVisit(pages, req), res, refuse('not-found'));
	};
}

/** Turns an exception into a page. The page does not use the database, which may be the cause. */
function onPageError(pages: Pages): ErrorRequestHandler {
	return (error, req, res, next) => {
		if (res.headersSent || !res.locals.isPage) return next(error);
		const tooLarge = error?.status === 413 ? refuse('payload-too-large') : null;
		sendProblemPage(strangersVisit(pages, req), res, tooLarge ?? refusalOf(error, req));
	};
}
