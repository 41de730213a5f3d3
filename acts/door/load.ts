import type { LoadLimits } from '../../domain/load.js';
import { Turns } from './turns.js';

/** The turns in which one process works; made once by the composition root. */
export type Load = Readonly<Record<keyof LoadLimits, Turns>>;

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
