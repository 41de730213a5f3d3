import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { openTemporal, type Temporal, workflowUrl } from '../../temporal/client.js';
import { freePort } from '../setup/child.js';
import { parts, temporalAddress } from '../setup/services.js';

let temporal: Temporal;
afterEach(() => temporal?.close());

const open = (address: string) =>
	openTemporal({
		connection: { address },
		namespace: 'default',
		taskQueue: `nobody-polls-${randomUUID()}`,
		identity: 'test',
	});

test.skipIf(!parts.temporal)('a server without workers is reported as such', async () => {
	temporal = open(await temporalAddress());
	expect(await temporal.countWorkers()).toBe(0);
});

test('an unreachable server is reported in time, and making the client does not fail', async () => {
	temporal = open(`127.0.0.1:${await freePort()}`);
	const begun = performance.now();
	expect(await temporal.countWorkers()).toBeNull();
	expect(performance.now() - begun).toBeLessThan(1_500);
});

test('an account’s workflow has an address in Temporal UI', () => {
	expect(workflowUrl('http://ui.example', 'my space', '17')).toBe(
		'http://ui.example/namespaces/my%20space/workflows/onboarding-17',
	);
});
