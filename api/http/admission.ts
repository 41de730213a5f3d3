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
/** Milliseconds. What a flood makes of a log is another flood. */
const TOLD_EVERY_MS = 10_000;

/**
 * Lets so many requests of one network in at once, before anything is done for them. What is refused is counted, not logged
 * one by one: it must cost next to nothing.
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

/** The request goes on when its network's turn has come, and ends the turn with its answer. */
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
		log.warn('a network sends more requests at once than are taken');
		setTimeout(() => {
			if (refused > 1) log.warn({ refused }, 'requests were refused unread');
			refused = 0;
		}, TOLD_EVERY_MS).unref();
	};
}
