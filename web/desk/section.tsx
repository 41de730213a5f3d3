import type { Profile } from '../../acts/accounts/profile.js';
import { CSV_LENGTH_MAX } from '../../acts/batches/csv.js';
import { BATCH_ROWS_MAX, type ListFlaw } from '../../acts/batches/rows.js';
import type { AgentCall } from '../../acts/door/caller.js';
import { recognizeAgent } from '../../acts/door/recognize.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Page, Redirect, Section } from '../kit/page.js';
import { nextPath, PATHS } from '../kit/paths.js';
import type { Visit } from '../kit/visit.js';
import type { DeskWords } from '../words/desk/words.js';

/** A visit to the desk by a recognized agent. */
export interface Desk extends Visit {
	me: Profile;
	/** The agent's name for acts. */
	agent: string;
	words: DeskWords;
}

/** A page of the desk. */
export type DeskPage = Page<Desk>;

/** Bytes. A form sends each character other than a letter or digit as three. A list may also come as a file. */
const FORM_LENGTH_MAX = 3 * CSV_LENGTH_MAX + 16_384;

/** The desk of Customer Success, for agents alone. */
export const deskSection: Section<Desk> = {
	open: recognize,
	home: PATHS.desk,
	wide: true,
	links: ({ words: { nav } }) => ({
		label: nav.label,
		links: [
			[PATHS.desk, nav.accounts],
			[PATHS.register, nav.register],
			[PATHS.batches, nav.registerMany],
		],
	}),
	flaw: (desk, code) => flawsOf(desk).get(code) ?? null,
	formLengthMax: FORM_LENGTH_MAX,
};

/** Redirects an agent without both factors, and refuses a user. An API key is for programs and does not open the desk. */
async function recognize(visit: Visit): Promise<Desk | Redirect | Refusal> {
	const { api, call, me, now, speech } = visit;
	const agent = await recognizeAgent(api, call.token, call.automatic);
	if (!me) return { to: PATHS.logIn, flash: call.token ? 'session-ended' : undefined };
	if (!isRefusal(agent)) return { ...visit, me, agent: agent.name, words: speech.desk };
	return me.role === 'agent' ? { to: nextPath(me, now) } : agent;
}

/** What can be wrong with a field of the desk, or with a list of people. */
function flawsOf({ words: { flaws, batch }, speech }: Desk): ReadonlyMap<string, string> {
	const { empty, unreadable, tooLong, gone } = batch.refused;
	const ofList: Record<ListFlaw | 'list-gone', string> = {
		'list-empty': empty,
		'list-unreadable': unreadable,
		'list-gone': gone,
		'list-too-long': tooLong(speech.number(BATCH_ROWS_MAX)),
	};
	return new Map(Object.entries({ ...flaws, ...ofList }));
}

/** The agent of an act. */
export function agentCall({ agent, call: { source, idempotency } }: Desk): AgentCall {
	return { agent, source, idempotency };
}
