import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Api } from '../../acts/context.js';
import type { AgentCall, UserCall } from '../../acts/door/caller.js';
import { turnKeyOf } from '../../acts/door/load.js';
import { recognizeAgent } from '../../acts/door/recognize.js';
import { validate } from '../../acts/door/validation.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { readBody } from './body.js';
import { type Endpoint, takesIdempotencyKey } from './endpoint.js';
import { bearerTokenOf, idempotencyKeyOf } from './headers.js';
import { networkOf } from './network.js';
import { sendProblem } from './problem.js';

const NOTHING = z.strictObject({});

/** Answers requests to an endpoint. */
export function handlerOf(endpoint: Endpoint, api: Api): RequestHandler {
	return async (req, res) => {
		const answer = await perform(endpoint, api, req);
		if (isRefusal(answer)) sendProblem(res, answer);
		else send(res, endpoint, answer);
	};
}

async function perform(endpoint: Endpoint, api: Api, req: Request): Promise<unknown> {
	const call = await callerOf(endpoint, api, req);
	if (isRefusal(call)) return call;
	const repeat = takesIdempotencyKey(endpoint) ? idempotencyKeyOf(req) : { key: undefined };
	if (isRefusal(repeat)) return repeat;
	const input = await inputOf(endpoint, req);
	if (isRefusal(input)) return input;
	const { key } = repeat;
	const idempotency = { key, request: `${req.method} ${req.path} ${canonical(input.body)}` };
	const known = { ...call, ...(key && { idempotency }) };
	// The turn starts after the body was read, so that a slow sender holds none.
	return api.load.acts.take(turnKeyOf(call.source), () =>
		endpoint.act(api, known as AgentCall & UserCall, input.value as never),
	);
}

/** The same text for the same body, in any order of its members. Bodies are flat and validated. */
function canonical(body: object): string {
	return JSON.stringify(Object.fromEntries(Object.entries(body).sort()));
}

/** Refuses a request without credentials before it reads the body. The act verifies the token. */
async function callerOf({ who }: Endpoint, api: Api, req: Request): Promise<AgentCall | UserCall | Refusal> {
	const source = networkOf(req.ip);
	const bearer = bearerTokenOf(req);
	// A sign-in needs no token. It ends the session of a token that the request brings.
	if (who === 'anyone') return { source, token: isRefusal(bearer) ? undefined : bearer.token };
	if (isRefusal(bearer)) return bearer;
	if (bearer.token === undefined) return refuse('not-signed-in');
	if (who !== 'agent') return { source, token: bearer.token };
	const { token } = bearer;
	const agent = await api.load.acts.take(turnKeyOf(source), () => recognizeAgent(api, token));
	return isRefusal(agent) ? agent : { source, agent: agent.name };
}

interface Input {
	/** Path, query and body together: their names never meet. */
	value: object;
	body: object;
}

async function inputOf(endpoint: Endpoint, req: Request): Promise<Input | Refusal> {
	const params = validate(endpoint.params ?? NOTHING, { ...req.params }, 'path');
	// A malformed id is `not-found`, like any other unknown path.
	if (isRefusal(params)) return refuse('not-found');
	const query = validate(endpoint.query ?? NOTHING, { ...req.query }, 'query');
	if (isRefusal(query)) return query;
	const body = endpoint.method === 'get' ? { value: {} } : await bodyOf(endpoint, req);
	if (isRefusal(body)) return body;
	return { value: { ...params.value, ...query.value, ...body.value }, body: body.value };
}

async function bodyOf(endpoint: Endpoint, req: Request): Promise<{ value: object } | Refusal> {
	const read = await readBody(req);
	if (isRefusal(read)) return read;
	const body = validate(endpoint.body ?? NOTHING.optional(), read.body, 'body');
	return isRefusal(body) ? body : { value: (body.value as object | undefined) ?? {} };
}

function send(res: Response, { answer: { status, location } }: Endpoint, answer: unknown): void {
	res.status(status);
	if (location) res.location(location(answer as never));
	if (status === 204) res.end();
	else res.json(answer);
}
