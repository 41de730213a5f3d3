import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { isUuid } from '../../domain/uuid.js';

/** The shape of a usable id from a client. Logs and answers repeat it unchanged. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Gives every request an id, its own `X-Request-Id` when it has a usable one, and writes one line about it when it was
 * answered. The line contains only the fields below: no header, body, query or unknown path.
 */
export function logRequests(logger: Logger): RequestHandler {
	return pinoHttp({
		logger,
		genReqId: requestId,
		quietReqLogger: true,
		quietResLogger: true,
		serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
		customAttributeKeys: { reqId: 'requestId', responseTime: 'durationMs' },
		customLogLevel: levelOf,
		customSuccessMessage: () => 'answered',
		customErrorMessage: () => 'answered with an error',
		customSuccessObject: (req, res, { durationMs }) => lineOf(req as Request, res as Response, durationMs),
		customErrorObject: (req, res, _error, { durationMs }) => lineOf(req as Request, res as Response, durationMs),
	}) as RequestHandler;
}

/** Gives the request its id: its own `X-Request-Id` when that is usable. */
export function requestId(req: IncomingMessage, res: ServerResponse): string {
	const given = req.headersDistinct['x-request-id']?.[0];
	const id = given && REQUEST_ID.test(given) ? given : randomUUID();
	res.setHeader('X-Request-Id', id);
	return id;
}

function levelOf(req: IncomingMessage, res: ServerResponse) {
	if (res.statusCode >= 500) return 'error';
	return /^\/(healthz|readyz)$/.test(req.url ?? '') ? 'debug' : 'info';
}

function lineOf(req: Request, res: Response, durationMs: number) {
	const { accountId } = req.params ?? {};
	return {
		method: req.method,
		// The pattern, not the path: an unknown path may contain personal data.
		route: req.route?.path,
		status: res.statusCode,
		refusal: res.locals.refusal,
		accountId: isUuid(accountId) ? accountId : undefined,
		cutOff: res.writableFinished ? undefined : true,
		durationMs,
	};
}
