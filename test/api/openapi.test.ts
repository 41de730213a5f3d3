import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Express, Router } from 'express';
import { describe, expect, test } from 'vitest';
import { ACCESS, createApp } from '../../api/app.js';
import { openApiDocument } from '../../api/docs/openapi.js';
import { refusalsOf, takesCursor, takesIdempotencyKey } from '../../api/http/endpoint.js';
import { ENDPOINTS } from '../../api/routes/index.js';
import { REFUSALS } from '../../domain/refusal.js';
import { openDoor, silentApi } from './door.js';

type Json = Record<string, unknown>;
interface Operation {
	operationId: string;
	parameters?: Json[];
	security: Json[];
	requestBody?: { required: boolean };
	responses: Record<string, { content?: Record<string, { schema: Json }>; headers?: Json }>;
}

const document = JSON.parse(JSON.stringify(openApiDocument(ENDPOINTS, 'Mobile Token'))) as {
	openapi: string;
	paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);
/** Pages and files for readers, which no client calls. */
const READING = ['/openapi.json', '/docs'];

test('the document is valid OpenAPI 3.1', () => {
	const file = createRequire(import.meta.url)
		.resolve('express-openapi-validator')
		.replace(/dist.*/, 'dist/framework/openapi.v3_1.modified.schema.json');
	const ajv = new Ajv2020({ strict: false, validateFormats: false });
	const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
	validate(document);
	expect(validate.errors).toBeNull();
	expect(document.openapi).toBe('3.1.0');
});

test('every reference leads somewhere and every schema is one', () => {
	const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => String(path));
	expect(references.length).toBeGreaterThan(20);
	for (const path of references) {
		const found = path.split('/').reduce<unknown>((node, name) => (node as Json | undefined)?.[name], document);
		expect(found, path).toBeDefined();
	}
	const ajv = new Ajv2020({ strict: false, validateFormats: false });
	ajv.addSchema(document, 'api');
	for (const { operation } of operations) {
		for (const { content } of Object.values(operation.responses)) {
			for (const { schema } of Object.values(content ?? {})) {
				const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));
				expect(() => ajv.compile(absolute)).not.toThrow();
			}
		}
	}
});

test('what Express answers and what the document says are the same, both ways', () => {
	const app = createApp(silentApi(), { publicUrl: '', health: () => Promise.reject(new Error()) });
	const registered = routesOf(app.router).filter((route) => !READING.some((path) => route.includes(` ${path}`)));
	expect(registered.length).toBeGreaterThan(20);
	expect(registered.sort()).toEqual(operations.map(({ name }) => name).sort());
});

test('operations have names of their own', () => {
	const names = operations.map(({ operation }) => operation.operationId);
	expect(new Set(names).size).toBe(names.length);
});

test('each path is open to the callers that the design names', () => {
	expect(Object.fromEntries(ACCESS)).toEqual({
		'POST /v1/accounts': 'agent',
		'POST /v1/accounts/{accountId}/unlock': 'agent',
		'POST /v1/accounts/{accountId}/freeze': 'agent',
		'POST /v1/accounts/{accountId}/unfreeze': 'agent',
		'DELETE /v1/accounts/{accountId}/sessions': 'agent',
		'GET /v1/accounts': 'agent',
		'GET /v1/accounts/{accountId}': 'agent',
		'GET /v1/accounts/{accountId}/messages': 'agent',
		'GET /v1/accounts/{accountId}/events': 'agent',
		'PATCH /v1/accounts/{accountId}': 'agent',
		'POST /v1/accounts/{accountId}/temporary-password': 'agent',
		'DELETE /v1/accounts/{accountId}': 'agent',
		'POST /v1/session': 'anyone',
		'GET /v1/session': 'user',
		'DELETE /v1/session': 'user',
		'PUT /v1/locale': 'user',
		'POST /v1/session/totp': 'authenticator-confirmed',
		'GET /v1/onboarding': 'user',
		'PUT /v1/onboarding/password': 'temporary-password',
		'GET /v1/onboarding/authenticator': 'authenticator-unconfirmed',
		'POST /v1/onboarding/authenticator/confirmation': 'authenticator-unconfirmed',
		'PUT /v1/onboarding/phone': 'two-factor',
		'POST /v1/onboarding/phone/passcode': 'two-factor',
		'POST /v1/onboarding/phone/verification': 'two-factor',
		'POST /v1/onboarding/phone/deferral': 'two-factor',
	});
});

describe.each(ENDPOINTS.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
	const operation = document.paths[endpoint.path]?.[endpoint.method] as Operation;
	const codesAt = (status: number) =>
		JSON.stringify(operation.responses[status]?.content?.['application/problem+json'] ?? null);

	test('documents every refusal at its status, and where to wait', () => {
		for (const code of refusalsOf(endpoint)) {
			expect(codesAt(REFUSALS[code])).toContain(`"${code}"`);
			if (REFUSALS[code] === 429 || code === 'unavailable') {
				expect(operation.responses[REFUSALS[code]]?.headers).toHaveProperty('Retry-After');
			}
		}
	});

	test('documents its key where it takes one, and the refusal of a key or cursor of another request', () => {
		const parameters = JSON.stringify(operation.parameters ?? []);
		expect(parameters.includes('IdempotencyKey')).toBe(takesIdempotencyKey(endpoint));
		const foreign = takesIdempotencyKey(endpoint) || takesCursor(endpoint);
		expect(codesAt(422).includes('invalid-request')).toBe(foreign);
	});

	test('asks for the credentials that the document names', () => {
		const scheme = { anyone: [], agent: [{ agent: [] }] }[endpoint.who as string] ?? [{ session: [] }];
		expect(operation.security).toEqual(scheme);
	});

	test('every path but the open ones is refused without credentials', async () => {
		const door = await openDoor();
		const path = endpoint.path.replace('{accountId}', '00000000-0000-4000-8000-000000000000');
		const response = await door.ask(path, { method: endpoint.method.toUpperCase() });
		await door.stop(0);
		expect(response.status).toBe(endpoint.who === 'anyone' ? 400 : 401);
	});
});

test('reads and the sign-in take no Idempotency-Key, all other acts do', () => {
	const without = ENDPOINTS.filter((endpoint) => !takesIdempotencyKey(endpoint));
	expect(without.filter(({ method }) => method !== 'get').map(({ id }) => id)).toEqual(['signIn']);
});

/** Every `METHOD /path` that a router answers, as OpenAPI writes it. */
function routesOf(router: Express['router'] | Router): string[] {
	return router.stack.flatMap((layer) => {
		if (!layer.route) return 'stack' in layer.handle ? routesOf(layer.handle as unknown as Router) : [];
		const path = layer.route.path.replaceAll(/:(\w+)/g, '{$1}');
		const methods = layer.route.stack.map(({ method }) => method as string | undefined);
		return methods.flatMap((method) => (method ? [`${method.toUpperCase()} ${path}`] : []));
	});
}
