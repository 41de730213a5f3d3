import type { Request } from 'express';
import { getProfile, type Profile } from '../acts/accounts/profile.js';
import type { Api } from '../acts/context.js';
import type { UserCall } from '../acts/door/caller.js';
import { networkOf } from '../api/http/network.js';
import { isRefusal } from '../domain/refusal.js';
import type { Instant } from '../domain/time.js';
import type { SessionCookie } from './http/cookie.js';
import type { Flash } from './http/flash.js';
import { languagesOf } from './http/languages.js';
import type { PageOptions } from './options.js';
import { type Speech, speechFor } from './speech.js';
import { isNotice, type Notice } from './words/notices.js';

/** All that the pages work with; made once. */
export interface Pages {
	api: Api;
	options: PageOptions;
	cookie: SessionCookie;
	flash: Flash;
}

/** One request for a page: who asks, in which language, and what they are told besides. */
export interface Visit extends Pages {
	call: UserCall;
	/** Null for a visitor who is not logged in. */
	me: Profile | null;
	speech: Speech;
	/** BCP 47, best first: what the browser asked for. */
	languages: readonly string[];
	now: Instant;
	/** What was just done, for a page of users. */
	notice: Notice | null;
	/** The same as it was left; pages of the desk have notices of their own. */
	word: string | null;
}

/** In the query of what a page asks for by itself. */
const AUTOMATIC_FIELD = 'automatic';

/** Whether the page that is open asks again by itself: that is no use of the session (NIST SP 800-63B-4 2.2.3). */
function isAutomatic(req: Request): boolean {
	return req.method === 'GET' && req.query[AUTOMATIC_FIELD] !== undefined;
}

/** Where a page asks for itself again, without a script. */
export function automaticUrl(req: Request, kept: Readonly<Record<string, string>>): string {
	return `${req.baseUrl}${req.path}?${new URLSearchParams({ ...kept, [AUTOMATIC_FIELD]: '' })}`;
}

/** The account's language when its user is known, else the browser's. */
export async function openVisit(pages: Pages, req: Request): Promise<Visit> {
	const automatic = isAutomatic(req);
	const call: UserCall = { token: pages.cookie.read(req), source: networkOf(req.ip), automatic };
	const profile = call.token ? await getProfile(pages.api, call) : null;
	const me = isRefusal(profile) ? null : profile;
	const languages = languagesOf(req);
	const word = pages.flash.take(req);
	return {
		...pages,
		call,
		me,
		speech: speechFor(me ? [me.locale, ...languages] : languages),
		languages,
		now: pages.api.clock.now(),
		notice: isNotice(word) ? word : null,
		word,
	};
}
