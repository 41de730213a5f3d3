import { z } from 'zod';
import { email } from '../../acts/fields.js';
import { type Endpoint, endpoint } from '../../api/http/endpoint.js';

/** What reached an act. */
export interface Reached {
	call: { source: string; token?: string | undefined; agent?: string; idempotency?: { key: string; request: string } };
	input: Record<string, unknown>;
}

/** Acts that answer their input, and one that fails on request. */
export function fakeEndpoints(reached: Reached[] = []): Endpoint[] {
	const note = async (_api: unknown, call: object, input: object) => {
		reached.push({ call, input } as Reached);
		return { ok: true };
	};
	const ok = z.strictObject({ ok: z.boolean() });
	const common = { summary: '', refusals: [], answer: { status: 200, schema: ok } } as const;
	const body = z.strictObject({ email, note: z.string().optional() });
	return [
		endpoint({ ...common, id: 'open', method: 'post', path: '/v1/open', who: 'anyone', body, act: note }),
		endpoint({ ...common, id: 'read', method: 'get', path: '/v1/open', who: 'anyone', act: note }),
		endpoint({
			...common,
			id: 'user',
			method: 'post',
			path: '/v1/user',
			who: 'two-factor',
			body: body.optional(),
			act: note,
		}),
		endpoint({ ...common, id: 'agent', method: 'post', path: '/v1/agent', who: 'agent', body, act: note }),
		endpoint({ ...common, id: 'empty', method: 'post', path: '/v1/empty', who: 'anyone', act: note }),
	];
}

/** An endpoint whose act throws. */
export function failing(error: unknown): Endpoint {
	return endpoint({
		id: 'failing',
		method: 'get',
		path: '/v1/failing',
		who: 'anyone',
		summary: '',
		refusals: [],
		answer: { status: 200, schema: null },
		act: () => Promise.reject(error),
	});
}
