import type { z } from 'zod';
import type { Endpoint } from '../../api/http/endpoint.js';
import { NUMBER } from '../acts/acts.js';
import type { Answer, Client } from './client.js';

const VALUES: Record<string, string> = {
	password: 'another long password here',
	code: '000000',
	number: NUMBER,
	email: 'a@b.example',
	locale: 'pt-PT',
};

/** Asks for an endpoint with the least it takes. */
export function askLeast(client: Client, { method, path, body }: Endpoint, token: string | undefined): Promise<Answer> {
	const shape = Object.keys((body as z.ZodObject | undefined)?.shape ?? {});
	const filled = Object.fromEntries(shape.flatMap((name) => (VALUES[name] ? [[name, VALUES[name]]] : [])));
	const at = path.replace('{accountId}', '00000000-0000-4000-8000-000000000000');
	return client.as(token)(method.toUpperCase(), at, method === 'get' ? undefined : filled);
}
