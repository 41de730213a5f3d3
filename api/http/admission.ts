import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Api } from '../../acts/context.js';
import type { Turns } from '../../acts/door/turns.js';
import type { Refusal } from '../../domain/refusal.js';
import { requestId } from './log.js';
import { networkOf } from './network.js';
import { sendProblem } from './problem.js';

type OnRefusal = (req: Request, res: Response, refusal: Refusal) => void;

/** The least status code of a failure of ours. */
const SERVER_ERROR = 500;
/** Milliseconds. A flood of requests must not flood the log. */
const TOLD_EVERY_MS = 10_000;

/**
 * Admits a limited number of requests of one network at once, before any other work. Counts refused requests instead of
 * logging each, so that they cost next to nothing.
 */
export function admitRequests({ load, log }: Pick<Api, 'load' | 'log'>): RequestHandler {
	const count = countRefused(log);
	return inTurn(load.requests, (req, res, refusal) => {
		count();
		requestId(req, res);
		res.set('Cache-Control', 'no-store');
		sendProblem(res, refusal);
	});
}

/** The request waits for its network's turn. Its answer ends the turn. */
export function inTurn(turns: Turns, onRefusal: OnRefusal): RequestHandler {
	return async (req, res, next) => {
		const network = networkOf(req.ip);
		const leave = await turns.enter(network);
		if (typeof leave !== 'function') return onRefusal(req, res, leave);
		if (res.closed) return leave();
		res.once('close', () => {
			if (res.statusCode >= SERVER_ERROR) turns.clear(network);
			leave();
		});
		next();
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
