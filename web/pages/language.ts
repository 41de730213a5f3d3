import { setLocale } from '../../api/locale.js';
import { isRefusal } from '../../domain/refusal.js';
import { refuseFields } from '../kit/errors.js';
import { BACK_FIELD, LANGUAGE_FIELD } from '../kit/language-choice.js';
import type { Page } from '../kit/page.js';
import { PATHS } from '../kit/paths.js';
import { LANGUAGES } from '../words/speech.js';

/** Has nothing to see: the choice of a language at the top of each page leads here, and from here back. */
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
				const locale = languages.find((tag) => isOf(tag, chosen)) ?? chosen;
				if (!me) return { to, language: locale };
				const kept = await setLocale(api, call, { locale });
				return isRefusal(kept) ? kept : { to, language: null };
			},
		},
	},
};

/** Language and region, and nothing that a browser may send besides. */
const REGIONAL = /^[a-z]{2,3}-[A-Z]{2}$/;

/** Whether a tag is of a language. The browser's own one knows the reader's region, and so how they write dates. */
function isOf(tag: string, language: string): boolean {
	return tag === language || (REGIONAL.test(tag) && tag.startsWith(`${language}-`));
}

const HERE = 'http://here.invalid';

/** A path of ours, whatever was sent; an address elsewhere would make this an open redirect (ASVS 5.0, 3.7.2). */
function pathOf(back: string | undefined): string {
	if (!back?.startsWith('/') || !URL.canParse(back, HERE)) return PATHS.home;
	const { origin, pathname, search } = new URL(back, HERE);
	return origin === HERE && !pathname.startsWith('//') ? `${pathname}${search}` : PATHS.home;
}
