import type { Request } from 'express';
import { getProfile, type Profile } from '../../acts/accounts/profile.js';
import type { Api } from '../../acts/context.js';
import type { UserCall } from '../../acts/door/caller.js';
import { networkOf } from '../../api/http/network.js';
import { isRefusal } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Flash } from '../words/flashes.js';
import { isSpoken } from '../words/languages.js';
import { type Speech, speechFor } from '../words/speech.js';
import { flashAt } from './flash.js';
import { isAutomatic } from './http/automatic.js';
import type { Cookies } from './http/cookies.js';
import { languagesOf } from './http/languages.js';
import type { PageOptions } from './options.js';

/** The dependencies of the pages, made once. */
export interface Pages {
	api: Api;
	options: PageOptions;
	cookies: Cookies;
}

/** One request for a page: its reader, path, language and flash. */
export interface Visit extends Pages {
	call: UserCall;
	/** Null for a visitor who is not logged in. */
	me: Profile | null;
	speech: Speech;
	/** The browser's languages (BCP 47), best first. */
	languages: readonly string[];
	/** The language that the visitor chose before a log-in, or null. */
	chosenLanguage: string | null;
	now: Instant;
	/** The flash of the act that led to this path. */
	flash: Flash | null;
	path: string;
	/** Path and query. */
	url: string;
	/** The ids in the path. */
	params: Readonly<Record<string, string>>;
	/** The value of a query parameter. */
	query(name: string): string | undefined;
}

/** A visit without a reader. It does not use the database. */
export function strangersVisit(pages: Pages, req: Request): Visit {
	const languages = languagesOf(req);
	const kept = pages.cookies.language.read(req);
	const chosenLanguage = kept && isSpoken(kept) ? kept : null;
	const call = { token: pages.cookies.session.read(req), source: networkOf(req.ip), automatic: isAutomatic(req) };
	const query = (name: string) => {
		const value = Object.hasOwn(req.query, name) ? req.query[name] : undefined;
		return typeof value === 'string' && value.trim() ? value.trim() : undefined;
	};
	return {
		...pages,
		call,
		me: null,
		speech: speechFor(chosenLanguage ? [chosenLanguage, ...languages] : languages),
		languages,
		chosenLanguage,
		now: pages.api.clock.now(),
		flash: flashAt(req.path, pages.cookies.flash.read(req)),
		path: req.path,
		url: req.originalUrl,
		params: req.params as Record<string, string>,
		query,
	};
}

/** A visit with its reader, when a session is live. */
export async function openVisit(pages: Pages, req: Request): Promise<Visit> {
	const stranger = strangersVisit(pages, req);
	const me = stranger.call.token ? await getProfile(pages.api, stranger.call) : null;
	return me === null || isRefusal(me) ? stranger : { ...stranger, me, speech: speechFor(preferred(stranger, me)) };
}

/** Order: the user's choice, the browser's languages, the language of the registration. */
function preferred({ languages, chosenLanguage }: Visit, { locale, localeChosen }: Profile): string[] {
	if (localeChosen) return [locale, ...languages];
	return [...(chosenLanguage ? [chosenLanguage] : []), ...languages, locale];
}
