import type { Express } from 'express';
import pino from 'pino';
import { expect, test } from 'vitest';
import type { Api } from '../../acts/context.js';
import { createLoad } from '../../acts/door/load.js';
import { createApp } from '../../api/app.js';
import { ROUTE_LIMITS } from '../../api/route-limits.js';
import { ENDPOINTS } from '../../api/routes/index.js';
import { LOAD } from '../../domain/load.js';
import { createPages } from '../../web/index.js';

/** What Express keeps of a route or of a router inside another. */
interface Layer {
	route?: { path: string; methods: Record<string, boolean> };
	handle?: { stack?: Layer[] };
}

/** Every route the application answers, as `GET /v1/accounts/{accountId}`. Guards of all methods are none. */
function routesOf(layers: Layer[]): string[] {
	return layers.flatMap(({ route, handle }) => {
		if (!route) return routesOf(handle?.stack ?? []);
		const methods = Object.keys(route.methods).filter((method) => method !== '_all');
		if (methods.length === 0) return [];
		const path = route.path.replaceAll(/:(\w+)/g, '{$1}').replace(/^\/(assets|docs)\/.*/, '/$1/*');
		return methods.map((method) => `${method.toUpperCase()} ${path}`);
	});
}

function openApp(): Express {
	const load = createLoad(LOAD);
	const api = { log: pino({ enabled: false }), load, productName: 'Mobile Token', agentKeys: [] } as unknown as Api;
	const publicUrl = 'https://onboarding.example';
	const pages = createPages(api, { publicUrl, productName: 'Mobile Token', supportContact: 'us', platformUrl: null });
	const health = async () =>
		({ database: 'up', draining: false, temporal: 'up', delayedEmails: 0, workers: 1 }) as const;
	return createApp(api, { publicUrl, health, extraRouters: [pages] });
}

const routes = [...new Set(routesOf((openApp() as unknown as { router: { stack: Layer[] } }).router.stack))];

test('every route of the API and of the pages has its limits in the one table, and the table has no other', () => {
	expect(routes.length).toBeGreaterThan(40);
	expect(Object.keys(ROUTE_LIMITS).sort()).toEqual(routes.sort());
});

test('every route is bounded by network, and every one that asks the database is done in turns', () => {
	for (const [route, limits] of Object.entries(ROUTE_LIMITS)) {
		expect(limits, route).toContain('requests');
		if (!/ \/(healthz|readyz|openapi|docs|assets)/.test(route)) expect(limits, route).toContain('acts');
	}
	for (const { method, path } of ENDPOINTS) expect(ROUTE_LIMITS).toHaveProperty([`${method.toUpperCase()} ${path}`]);
});

test('whatever hashes a password or takes a code counts attempts', () => {
	for (const [route, limits] of Object.entries(ROUTE_LIMITS)) {
		if (limits.includes('hashes')) expect(limits, route).toContain('passwordFailuresBeforeSlowDown');
		if (limits.includes('scores')) expect(limits, route).toContain('passwordChanges');
	}
});
