import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import { createMailer } from '../../activities/delivery/email.js';
import { createTexter } from '../../activities/delivery/sms.js';
import { createActivities } from '../../activities/index.js';
import type { Api } from '../../acts/context.js';
import { createLoad } from '../../acts/door/load.js';
import { createScorer } from '../../acts/password/scorer.js';
import { type RunningApi, startApi } from '../../api/compose.js';
import { systemClock } from '../../config/clock.js';
import { processIdentity } from '../../config/identity.js';
import { connect, type Db } from '../../database/connect.js';
import { KeyRing } from '../../domain/credentials/keys.js';
import { LOAD } from '../../domain/load.js';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy.js';
import { type Inbox, startInbox } from '../../embedded/inbox/index.js';
import { openTemporal, type Temporal } from '../../temporal/client.js';
import { createSignals } from '../../temporal/signals.js';
import { installRuntime } from '../../worker/runtime.js';
import { type RunningWorkers, startWorkers } from '../../worker/worker.js';
import type { TestDatabase } from '../setup/databases.js';
import { temporalAddress } from '../setup/services.js';
import { workflowBundle } from './bundle.js';

export const AGENT_KEY = 'the-agents-key-of-this-test';

export interface PlatformOptions {
	database: () => Promise<TestDatabase>;
	policy?: Partial<Policy>;
	/** Another Temporal than the run's own. */
	temporal?: string;
	/** Another mail server than the inbox … */
	smtpUrl?: string;
	/** … and another SMS provider. */
	twilioBaseUrl?: string;
}

/** The product on real parts: database, Temporal, SMTP, Twilio's client, HTTP. Only the recipients are ours. */
export interface Platform {
	url: string;
	api: Api;
	db: Db;
	inbox: Inbox;
	temporal: Temporal;
	/** Everything the processes logged, as they wrote it. */
	logged(): string;
	stopWorkers(): Promise<void>;
	startWorkers(): Promise<void>;
	stop(): Promise<void>;
}

export async function startPlatform(options: PlatformOptions): Promise<Platform> {
	const { database, policy, temporal: elsewhere } = options;
	const dataDir = mkdtempSync(join(tmpdir(), 'mobile-token-journey-'));
	const { log, logged } = openLog();
	const opened = await database();
	const db = connect(opened);
	const inbox = await startInbox({ dataDir });
	const address = elsewhere ?? (await temporalAddress());
	const taskQueue = `journey-${randomUUID()}`;
	const temporal = openTemporal({
		connection: { address },
		namespace: 'default',
		taskQueue,
		identity: processIdentity(),
	});
	const keys = new KeyRing([{ id: 'k1', key: randomBytes(32) }]);
	const api: Api = {
		db,
		clock: systemClock,
		policy: { ...DEFAULT_POLICY, ...policy },
		load: createLoad(LOAD),
		scorePassword: createScorer(),
		keys,
		signals: createSignals(temporal.client, taskQueue, log),
		log,
		productName: 'Mobile Token',
		totpIssuer: 'Mobile Token',
		supportContact: 'support@example.com',
		agentKeys: [{ name: 'carla', key: AGENT_KEY }],
		workflowUrl: (id) => `http://temporal.example/${id}`,
	};
	const running: RunningApi = await startApi(api, {
		temporal,
		host: '127.0.0.1',
		port: 0,
		publicUrl: null,
		trustProxy: false,
		extraRouters: [inbox.router],
	});
	const { smtpUrl = inbox.smtpUrl, twilioBaseUrl = inbox.twilioBaseUrl } = options;
	const work = workersOf({ api, smtpUrl, twilioBaseUrl, address, taskQueue, publicUrl: running.url });
	await work.start();
	return {
		url: running.url,
		api,
		db,
		inbox,
		temporal,
		logged,
		startWorkers: work.start,
		stopWorkers: work.stop,
		async stop() {
			await running.stop();
			await work.stop();
			await temporal.close();
			await inbox.stop();
			await db.destroy();
			await opened.stop();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

interface Work {
	api: Api;
	smtpUrl: string;
	twilioBaseUrl: string;
	address: string;
	taskQueue: string;
	publicUrl: string;
}

/** Workers that can be stopped and started again, as a deployment does. */
function workersOf({ api, smtpUrl, twilioBaseUrl, address, taskQueue, publicUrl }: Work) {
	const { db, clock, keys, policy, log, productName, supportContact } = api;
	const mailer = createMailer({
		smtpUrl,
		from: 'no-reply@example.com',
		productName,
		dkim: null,
		supportContact,
		publicUrl,
		onTrouble: (trouble) => log.warn(trouble, 'mail trouble'),
	});
	const texter = createTexter({
		accountSid: `AC${'0'.repeat(32)}`,
		authToken: 'the token of the test',
		from: '+15005550006',
		baseUrl: twilioBaseUrl,
		statusCallbackUrl: null,
		productName,
		publicUrl,
		clock,
		onTrouble: (trouble) => log.warn(trouble, 'SMS trouble'),
	});
	const activities = createActivities({ db, clock, keys, policy, mailer, texter });
	let running: { workers: RunningWorkers; connection: NativeConnection } | null = null;
	async function start(): Promise<void> {
		installRuntimeOnce(log);
		const connection = await NativeConnection.connect({ address });
		const bundlePath = await workflowBundle();
		const workers = await startWorkers({ connection, namespace: 'default', taskQueue, activities, bundlePath, log });
		running = { workers, connection };
	}
	async function stop(): Promise<void> {
		const stopping = running;
		running = null;
		await stopping?.workers.stop();
		await stopping?.connection.close();
	}
	return { start, stop };
}

let installed = false;
function installRuntimeOnce(log: pino.Logger): void {
	if (!installed) installRuntime(log);
	installed = true;
}

function openLog(): { log: pino.Logger; logged(): string } {
	const stream = new PassThrough();
	let text = '';
	stream.on('data', (chunk) => {
		text += chunk;
	});
	return { log: pino({ level: 'debug' }, stream), logged: () => text };
}
