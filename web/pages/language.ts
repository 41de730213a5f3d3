import { setLocale } from '../../acts/accounts/locale.js';
import { isRefusal } from '../../domain/refusal.js';
import { refuseFields } from '../kit/errors.js';
import { BACK_FIELD, LANGUAGE_FIELD } from '../kit/language-choice.js';
import type { Page } from '../kit/page.js';
import { PATHS } from '../kit/paths.js';
import { isOfLanguage } from '../words/languages.js';
import { LANGUAGES } from '../words/speech.js';

/** Shows nothing. The language choice of every page posts here, and the answer redirects back. */
export const languagePage: Page = {
	path: PATHS.language,
	isFor: () => false,
	show: ({ speech }) => ({ title: speech.words.common.language, body: null }),
	acts: {
		choose: {
			run: async (visit, fields) => {
				const { api, call, me, languages } = visit;
				const chosen = LANGUAGES.find(({ language }) => language === fields[LANGUAGE_FIELD])?.language;
				if (!chosen) return refuseFields([{ field: LANGUAGE_FIELD, code: 'unknown' }]);
				const to = pathOf(fields[BACK_FIELD]);
				const locale = languages.find((tag) => isOfLanguage(tag, chosen)) ?? chosen;
				if (!me) return { to, language: locale };
				const kept = await setLocale(api, call, { locale });
				return isRefusal(kept) ? kept : { to, language: null };
			},
		},
	},
};

const HERE = 'http://here.invalid';

/** The path to return to. An address elsewhere would make this an open redirect (ASVS 5.0, 3.7.2). */
function pathOf(back: string | undefined): string {
	if (!back?.startsWith('/') || !URL.canParse(back, HERE)) return PATHS.home;
	const { origin, pathname, search } = new URL(back, HERE);
	return origin === HERE && !pathname.startsWith('//') ? `${pathname}${search}` : PATHS.home;
}
