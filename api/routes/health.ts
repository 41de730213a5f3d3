import { Router } from 'express';
import pTimeout from 'p-timeout';
import { z } from 'zod';
import { SMS_STATES } from '../../domain/sms-standing.js';
import { refuseOtherMethods } from '../http/methods.js';

/** The use of the daily limit of SMS. */
const smsReport = z
	.strictObject({
		sentToday: z.int(),
		limit: z.int(),
		state: z
			.enum(SMS_STATES)
			.meta({ description: '`reserve`: only accounts in good standing still get an SMS. `spent`: no account does.' }),
	})
	.meta({ description: 'The daily limit of SMS; reported, not required.' });

/** The health of the process and its dependencies. Acts need the database; the rest is reported only. */
export const healthView = z
	.strictObject({
		database: z.enum(['up', 'down']),
		draining: z.boolean().meta({ description: 'The process is stopping and finishes its requests.' }),
		starting: z.boolean().meta({ description: 'The process is still starting.' }).optional(),
		sms: smsReport.nullable().optional(),
		temporal: z.enum(['up', 'down']).meta({ description: 'Reported, not required.' }),
		delayedEmails: z
			.int()
			.nullable()
			.meta({ description: 'E-mails that are owed for 15 minutes or longer; reported, not required.' }),
		workers: z.int().nullable().meta({ description: 'Pollers seen lately; reported, not required.' }),
	})
	.meta({ id: 'Health' });
export type Health = z.infer<typeof healthView>;

/** Milliseconds. A probe that hangs says "down", within the time that a balancer waits. */
const PROBE_MS = 2_500;
const UNKNOWN: Health = {
	database: 'down',
	draining: false,
	sms: null,
	temporal: 'down',
	delayedEmails: null,
	workers: null,
};

/** `/healthz`: the process is alive. `/readyz`: it can do acts, with a line for each check. */
export function healthRouter(health: () => Promise<Health>): Router {
	let looking: Promise<Health> | undefined;
	// One check answers all requests that arrive meanwhile, since it queries the database and Temporal.
	const look = () => {
		looking ??= pTimeout(health(), { milliseconds: PROBE_MS })
			.catch(() => UNKNOWN)
			.finally(() => {
				looking = undefined;
			});
		return looking;
	};
	const router = Router({ strict: true, caseSensitive: true });
	router.get('/healthz', (_req, res) => {
		res.json({ status: 'alive' });
	});
	router.get('/readyz', async (_req, res) => {
		const checks = await look();
		const ready = checks.database === 'up' && !checks.draining && !checks.starting;
		res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not-ready', checks });
	});
	refuseOtherMethods(router);
	return router;
}
