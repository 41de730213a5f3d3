import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UNEXPECTED } from '../../worker/failures.js';
import { installRuntime } from '../../worker/runtime.js';
import { parts, temporalAddress } from '../setup/services.js';
import { eventually } from '../workflows/eventually.js';
import { FakePlatform } from '../workflows/fake-platform.js';
import { Onboardings } from '../workflows/onboardings.js';

const SECRET = 'ada@example.com';

const lines: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
const logged = () => lines.join('');
installRuntime(log);

describe.skipIf(!parts.temporal)('the workers', () => {
	let env: TestWorkflowEnvironment;
	let onboardings: Onboardings;
	let platform: FakePlatform;

	beforeAll(async () => {
		env = await TestWorkflowEnvironment.createFromExistingServer({ address: await temporalAddress() });
	});
	afterAll(async () => {
		await env?.teardown();
	});
	beforeEach(() => {
		lines.length = 0;
		platform = new FakePlatform();
		onboardings = new Onboardings(env, platform, log);
	});
	afterEach(async () => {
		await onboardings.stop();
	});

	/** What the server keeps of the attempts so far: their last failure, as Temporal UI shows it. */
	async function lastFailure(accountId: string): Promise<string> {
		const { raw } = await onboardings.handle(accountId).describe();
		return JSON.stringify(raw.pendingActivities?.[0]?.lastFailure ?? null);
	}

	test('an unforeseen error tells neither a history nor the log whom it was about', async () => {
		platform.world = () => {
			throw Object.assign(new TypeError(`550 <${SECRET}> unknown`), { code: 'EENVELOPE', recipient: SECRET });
		};
		await onboardings.startWorkers();
		const accountId = await onboardings.register();
		await eventually(() => lastFailure(accountId)).toContain(UNEXPECTED);
		await eventually(logged).toContain('Activity failed');
		expect(await lastFailure(accountId)).not.toContain(SECRET);
		expect(logged()).not.toContain(SECRET);
		const entry = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'activity failed unexpectedly');
		expect(entry).toMatchObject({ error: 'TypeError', code: 'EENVELOPE', activityType: 'deliverEmail' });
	});

	test('an expected error leaves the provider’s own behind', async () => {
		platform.world = () => {
			const cause = new Error(`550 <${SECRET}> unknown`);
			throw ApplicationFailure.create({ message: 'not now', type: 'NotSent', cause, details: [SECRET] });
		};
		await onboardings.startWorkers();
		const accountId = await onboardings.register();
		await eventually(() => lastFailure(accountId)).toContain('not now');
		expect(await lastFailure(accountId)).toContain('NotSent');
		expect(await lastFailure(accountId)).not.toContain(SECRET);
		expect(logged()).not.toContain(SECRET);
	});

	test('the log names a local activity’s error by its class alone', async () => {
		platform.database = () => {
			throw new Error(`value (${SECRET}) already exists`);
		};
		await onboardings.startWorkers();
		await onboardings.register();
		await eventually(logged).toContain('activity failed unexpectedly');
		expect(logged()).not.toContain(SECRET);
	});

	test('a null in the facts costs a history no bytes', async () => {
		await onboardings.startWorkers();
		const accountId = await onboardings.register();
		await eventually(() => platform.messages(accountId)).toMatchObject([{ state: 'sent' }]);
		const { events } = await onboardings.handle(accountId).fetchHistory();
		const marker = (events ?? []).find((event) => event.markerRecordedEventAttributes)?.markerRecordedEventAttributes;
		const facts = Buffer.from(marker?.details?.result?.payloads?.[0]?.data ?? '').toString();
		expect(JSON.parse(facts)).toMatchObject({ messageCounts: { queued: 1 } });
		expect(facts).not.toContain('null');
	});

	test('a stop lets a delivery end, and leaves nothing polling', async () => {
		let arrived = false;
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		platform.world = async () => {
			arrived = true;
			await held;
			return 'sent' as const;
		};
		await onboardings.startWorkers();
		const accountId = await onboardings.register();
		await eventually(() => arrived).toBe(true);
		const stopped = onboardings.stopWorkers();
		release();
		await stopped;
		expect(platform.messages(accountId)).toMatchObject([{ state: 'sent' }]);
		const attempts = platform.attempts.length;
		await onboardings.tell(accountId, 'signedIn');
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(platform.attempts.length).toBe(attempts);
		expect(logged()).not.toContain('"level":50');
	});

	test('no more SMS leave in a second than allowed', async () => {
		const sentAt: number[] = [];
		platform.world = ({ channel }) => {
			if (channel === 'sms') sentAt.push(performance.now());
			return 'sent';
		};
		await onboardings.startWorkers({ smsPerSecond: 2 });
		for (let n = 0; n < 8; n++) {
			const accountId = await platform.register();
			await platform.issuePasscode(accountId);
			await onboardings.tell(accountId, 'passcodeIssued');
		}
		await eventually(() => sentAt.length).toBe(8);
		const tookMs = Math.max(...sentAt) - Math.min(...sentAt);
		expect(tookMs).toBeGreaterThan(2_000);
	});

	test('workers without workflows start without a warning', async () => {
		await onboardings.startWorkers();
		await onboardings.stopWorkers();
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(logged()).not.toContain('No workflows registered');
	});
});
