import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Api } from '../../acts/context.js';
import { turnKeyOf } from '../../acts/door/load.js';
import type { Leave, Turns } from '../../acts/door/turns.js';
import type { Refusal } from '../../domain/refusal.js';
import { requestId } from './log.js';
import { networkOf } from './network.js';
import { Pace } from './pace.js';
import { sendProblem } from './problem.js';

type OnRefusal = (req: Request, res: Response, refusal: Refusal) => void;

/** The least status code of a failure of ours. */
const SERVER_ERROR = 500;
/** Milliseconds. A flood of requests must not flood the log. */
const TOLD_EVERY_MS = 10_000;
/** Requests that start in one iteration of the event loop. The costliest take 1 ms before their turn of an act. */
const STARTS_PER_ITERATION = 8;

/**
 * Admits a limited number of requests of one network at once, before any other work. Counts refused requests instead of
 * logging each, so that they cost next to nothing.
 */
export function admitRequests({ load, log }: Pick<Api, 'load' | 'log'>): RequestHandler {
	const count = countRefused(log);
	const onRefusal: OnRefusal = (req, res, refusal) => {
		count();
		requestId(req, res);
		res.set('Cache-Control', 'no-store');
		sendProblem(res, refusal);
	};
	const admit = enter(load.requests, onRefusal, (res, leave) => res.once('close', leave));
	const pace = new Pace(STARTS_PER_ITERATION);
	return (req, res, next) => admit(req, res, () => void pace.start().then(() => next()));
}

/**
 * The request waits for its network's turn. The turn ends when the answer is made, not when it was fetched: a few readers that
 * fetch nothing would hold every turn of the process.
 */
export function inTurn(turns: Turns, onRefusal: OnRefusal): RequestHandler {
	return enter(turns, onRefusal, onceAnswered);
}

function enter(turns: Turns, onRefusal: OnRefusal, endWith: (res: Response, leave: Leave) => void): RequestHandler {
	return async (req, res, next) => {
		const key = turnKeyOf(networkOf(req.ip));
		const leave = await turns.enter(key);
		if (typeof leave !== 'function') return onRefusal(req, res, leave);
		if (res.closed) return leave();
		endWith(res, () => {
			if (res.statusCode >= SERVER_ERROR) turns.clear(key);
			leave();
		});
		next();
	};
}

/** Calls `leave` once: with the end of the answer, or of its connection. Node has no event for an answer that waits in line. */
function onceAnswered(res: Response, leave: Leave): void {
	let left = false;
	const leaveOnce = () => {
		if (!left) leave();
		left = true;
	};
	res.once('close', leaveOnce);
	const end = res.end.bind(res) as (...given: unknown[]) => Response;
	res.end = (...given: unknown[]) => {
		leaveOnce();
		return end(...given);
	};
}

function countRefused(log: Logger): () => void {
	let refused = 0;
	return () => {
		refused += 1;
		if (refused > 1) return;
		log.warn('a network exceeds its limit of concurrent requests');
		setTimeout(() => {
			if (refused > 1) log.warn({ refused }, 'refused requests without reading them');
			refused = 0;
		}, TOLD_EVERY_MS).unref();
	};
}
