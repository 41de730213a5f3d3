import { Router } from 'express';
import { z } from 'zod';
import { within } from '../../temporal/within.js';

/** How the process and what it needs are doing. Acts need the database; the last two are reported only. */
export const healthView = z
	.strictObject({
		database: z.enum(['up', 'down']),
		draining: z.boolean().meta({ description: 'Going down: finishes what it has.' }),
		starting: z.boolean().meta({ description: 'Not everything has started yet.' }).optional(),
		temporal: z.enum(['up', 'down']).meta({ description: 'Reported, not required.' }),
		workers: z.int().nullable().meta({ description: 'Pollers seen lately; reported, not required.' }),
	})
	.meta({ id: 'Health' });
export type Health = z.infer<typeof healthView>;

/** Milliseconds. A probe that hangs says "down", within the time that a balancer waits. */
const PROBE_MS = 2_500;
const UNKNOWN: Health = { database: 'down', draining: false, temporal: 'down', workers: null };

/** `/healthz`: the process is alive. `/readyz`: it can do acts, with a line for each check. */
export function healthRouter(health: () => Promise<Health>): Router {
	const router = Router({ strict: true, caseSensitive: true });
	router.get('/healthz', (_req, res) => {
		res.json({ status: 'alive' });
	});
	router.get('/readyz', async (_req, res) => {
		const checks = await within(PROBE_MS, health(), UNKNOWN);
		const ready = checks.database === 'up' && !checks.draining && !checks.starting;
		res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not-ready', checks });
	});
	return router;
}
