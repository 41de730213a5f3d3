import { BODY_LENGTH_MAX } from '../../api/http/body.js';
import type { Section } from '../kit/page.js';
import { PATHS } from '../kit/paths.js';
import type { FieldFlaw } from '../words/words.js';

/** The pages of users. The section admits every visitor; each page states its own readers. */
export const userSection: Section = {
	open: (visit) => visit,
	home: PATHS.home,
	wide: false,
	links: ({ me, speech: { desk } }) => ({
		label: desk.nav.label,
		links: me?.role === 'agent' && me.security ? [[PATHS.desk, desk.name]] : [],
	}),
	flaw: ({ speech: { words } }, code, values) =>
		Object.hasOwn(words.flaws, code) ? words.flaws[code as FieldFlaw](values) : null,
	formLengthMax: BODY_LENGTH_MAX,
};
