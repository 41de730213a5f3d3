import type { LoadLimits } from '../../domain/load.js';
import { Turns } from './turns.js';

/** The turns in which one process works; made once by the composition root. */
export type Load = Readonly<Record<keyof LoadLimits, Turns>>;

/**
 * Whose turns a network takes. One subscriber may own an IPv6 /48, 65,536 networks (RFC 6177), and would fill the turns of
 * all with them. What is counted, such as wrong passwords, is counted by network.
 */
export function turnKeyOf(source: string): string {
	const [, wide] = /^((?:[0-9a-f]+:){2}[0-9a-f]+):[0-9a-f]+::\/64$/.exec(source) ?? [];
	return wide ? `${wide}::/48` : source;
}

export function createLoad(limits: LoadLimits): Load {
	return {
		requests: new Turns(limits.requests),
		acts: new Turns(limits.acts),
		sessions: new Turns(limits.sessions),
		passwordChanges: new Turns(limits.passwordChanges),
		hashes: new Turns(limits.hashes),
		scores: new Turns(limits.scores),
	};
}
