import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { REFUSALS, type RefusalCode } from '../../domain/refusal.js';
import { STEPS } from '../../domain/step.js';
import { type Endpoint, refusalsOf, takesCursor, takesIdempotencyKey, WHO, type Who } from '../http/endpoint.js';
import { PROBLEM_TEXTS } from '../http/problem-texts.js';
import { healthView } from '../routes/health.js';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;
type Responses = RouteConfig['responses'];

/** The description of the API, from the schemas that validate it. */
export function openApiDocument(endpoints: readonly Endpoint[], productName: string): OpenApiDocument {
	const registry = new OpenAPIRegistry();
	registry.registerComponent('securitySchemes', 'session', {
		type: 'http',
		scheme: 'bearer',
		description: 'A session token.',
	});
	registry.registerComponent('securitySchemes', 'agent', {
		type: 'http',
		scheme: 'bearer',
		description: 'An API key.',
	});
	registry.registerComponent('parameters', 'IdempotencyKey', IDEMPOTENCY_KEY);
	registry.registerComponent('headers', 'RetryAfter', {
		description: 'Seconds.',
		schema: { type: 'integer', minimum: 1 },
	});
	for (const endpoint of endpoints) registry.registerPath(routeOf(endpoint));
	for (const route of HEALTH_ROUTES) registry.registerPath(route);
	const definitions = [...registry.definitions, { type: 'schema' as const, schema: problemView }];
	return new OpenApiGeneratorV31(definitions).generateDocument({
		openapi: '3.1.0',
		info: { title: `${productName} API`, version: '1.0.0', description: INTRODUCTION },
		servers: [{ url: '/' }],
		tags: TAGS,
	});
}

const INTRODUCTION = [
	'Takes an account from registered to protected by a second factor.',
	'Times are ISO 8601 in UTC. Every refusal is `application/problem+json` (RFC 9457) with a stable `code`;',
	'its `type` is the address of a page that explains it.',
].join(' ');

const TAGS = [
	{ name: 'accounts', description: 'For agents: register accounts and help their users.' },
	{ name: 'session', description: 'For users: sign in and out.' },
	{ name: 'onboarding', description: 'For users: password, authenticator, fallback phone.' },
	{ name: 'operations', description: 'Whether the service is alive and ready.' },
];

const IDEMPOTENCY_KEY = {
	name: 'Idempotency-Key',
	in: 'header',
	required: false,
	description:
		'A repeat of the request under the same key has one effect and gets the first answer. Kept for 24 hours.',
	schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
} as const;

const problemView = z
	.strictObject({
		type: z.string(),
		title: z.string(),
		status: z.int(),
		detail: z.string().optional(),
		instance: z.string(),
		code: z.enum(Object.keys(REFUSALS) as [RefusalCode]).optional(),
		step: z.enum(STEPS).optional(),
		retryAfter: z.int().min(1).meta({ description: 'Seconds.' }).optional(),
		attemptsLeft: z.int().min(0).optional(),
		errors: z
			.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() }))
			.meta({ description: 'Each wrong member by its JSON Pointer (RFC 6901).' })
			.optional(),
		clockOffsetSeconds: z.int().meta({ description: 'How far the phone’s clock is ahead.' }).optional(),
		liveCode: z.int().meta({ description: 'The number of the code that is live.' }).optional(),
	})
	.meta({ id: 'Problem', description: 'Problem details, RFC 9457.' });

function routeOf(endpoint: Endpoint): RouteConfig {
	const { id, method, path, who, summary, params, query, body } = endpoint;
	return {
		operationId: id,
		method,
		path,
		summary,
		description: `For: ${WHO[who]}`,
		tags: [path.split('/')[2] ?? ''],
		security: securityOf(who),
		...(takesIdempotencyKey(endpoint) && { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] }),
		request: {
			...(params && { params }),
			...(query && { query }),
			...(body && {
				body: { required: !body.safeParse(undefined).success, content: { 'application/json': { schema: body } } },
			}),
		},
		responses: { ...answerOf(endpoint), ...problemsOf(endpoint) },
	};
}

function securityOf(who: Who): RouteConfig['security'] {
	if (who === 'anyone') return [];
	return who === 'agent' ? [{ agent: [] }] : [{ session: [] }];
}

function answerOf({ answer: { status, schema } }: Endpoint): Responses {
	const content = schema && { 'application/json': { schema } };
	return {
		[status]: { description: content ? 'Done.' : 'Done, without a body.', ...(content && { content }) },
	};
}

/** One response for each status, naming the codes it may carry. A key or a cursor of another request is a 422 of its own. */
function problemsOf(endpoint: Endpoint): Responses {
	const codesOf = new Map<number, RefusalCode[]>();
	const add = (status: number, code: RefusalCode) => codesOf.set(status, [...(codesOf.get(status) ?? []), code]);
	for (const code of refusalsOf(endpoint)) add(REFUSALS[code], code);
	if (takesIdempotencyKey(endpoint) || takesCursor(endpoint)) add(422, 'invalid-request');
	return Object.fromEntries([...codesOf].map(([status, codes]) => [status, problemResponse(status, codes)]));
}

function problemResponse(status: number, codes: RefusalCode[]): Responses[string] {
	const schema = {
		allOf: [
			{ $ref: '#/components/schemas/Problem' },
			{ type: 'object' as const, properties: { code: { enum: codes } } },
		],
	};
	return {
		description: codes.map((code) => `\`${code}\`: ${PROBLEM_TEXTS[code].title}.`).join('\n\n'),
		content: { 'application/problem+json': { schema } },
		...((status === 429 || status === 503) && {
			headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } },
		}),
	};
}

const readiness = (status: string) => z.strictObject({ status: z.literal(status), checks: healthView });
const healthResponse = (description: string, schema: z.ZodType) => ({
	description,
	content: { 'application/json': { schema } },
});

const HEALTH_ROUTES: RouteConfig[] = [
	{
		operationId: 'alive',
		method: 'get',
		path: '/healthz',
		summary: 'Whether the process is alive',
		tags: ['operations'],
		security: [],
		responses: { 200: healthResponse('Alive.', z.strictObject({ status: z.literal('alive') })) },
	},
	{
		operationId: 'ready',
		method: 'get',
		path: '/readyz',
		summary: 'Whether the process can do acts',
		tags: ['operations'],
		security: [],
		responses: {
			200: healthResponse('Ready.', readiness('ready')),
			503: healthResponse('Not ready.', readiness('not-ready')),
		},
	},
];
