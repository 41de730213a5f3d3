import type { ClientConnectConfig } from '@temporalio/envconfig';
import type { Router } from 'express';
import type { ProviderAccess } from '../activities/delivery/twilio-client.js';
import type { Config, SmsConfig } from '../config/index.js';
import { connect, type Db } from '../database/connect.js';
import { migrate } from '../database/migrate.js';
import type { Closers } from './closers.js';
import { startDatabase } from './database.js';
import { startInbox } from './inbox/index.js';
import type { Ports } from './ports.js';
import { findTemporal } from './temporal-binary.js';
import { startTemporal } from './temporal-server.js';
import type { Terminal } from './terminal.mjs';

/** Connections to a database that is a server of its own. */
const DATABASE_CONNECTIONS = 10;
/** The embedded database has one backend; a second connection would only wait for the first. */
const EMBEDDED_CONNECTIONS = 1;
/** The inbox takes any sender; this is one of Twilio's own test numbers. */
const INBOX_SENDER = '+15005550006';
const INBOX_ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'inbox' };
const TEMPORAL_UI_URL = 'http://localhost:8233';

export interface PartsOptions {
	config: Config;
	ports: Ports;
	terminal: Terminal;
	closers: Closers;
	/** One of them ended by itself and does not come back. */
	onDeath: (reason: string) => void;
	onIdleError: (error: Error) => void;
}

export interface Delivery {
	smtpUrl: string;
	sms: ProviderAccess & { messagingServiceSid?: string; from?: string };
	/** Null when both mail and SMS leave this machine. */
	inboxRouter: Router | null;
}

export interface TemporalAccess {
	connection: ClientConnectConfig['connectionOptions'];
	uiUrl: string;
}

/** Temporal and the database, as the configuration names them or our own. They take their time, so both at once. */
export async function openStores(options: PartsOptions): Promise<{ server: TemporalAccess; db: Db }> {
	const { config, terminal } = options;
	const binary = config.temporal.connection
		? null
		: await terminal.step('Finding Temporal', (say) => findTemporal({ say }));
	return terminal.step('Starting Temporal and the database', async () => {
		const opening = [openTemporalServer(options, binary), openDatabase(options)] as const;
		// Both have to be known, also when one fails, for both to be stopped.
		await Promise.allSettled(opening);
		const [server, db] = await Promise.all(opening);
		return { server, db };
	});
}

async function openTemporalServer(options: PartsOptions, binary: string | null): Promise<TemporalAccess> {
	const { config, ports, terminal, closers, onDeath } = options;
	const { connection, uiPort, uiPortGiven, uiUrl } = config.temporal;
	if (connection) return { connection: connection.connectionOptions, uiUrl: uiUrl ?? TEMPORAL_UI_URL };
	if (!binary) throw new Error('There is no Temporal to start.');
	const say = (line: string) => terminal.warn(line);
	const server = await startTemporal({ binary, dataDir: config.dataDir, ports, uiPort, uiPortGiven, onDeath, say });
	closers.addLast(server.stop);
	return { connection: { address: server.address }, uiUrl: uiUrl ?? server.uiUrl };
}

async function openDatabase({ config, closers, onDeath, onIdleError }: PartsOptions): Promise<Db> {
	let url = config.databaseUrl;
	let connections = DATABASE_CONNECTIONS;
	if (!url) {
		const database = await startDatabase({ dataDir: config.dataDir, onDeath });
		closers.add(database.stop);
		url = database.url;
		connections = EMBEDDED_CONNECTIONS;
	}
	const db = connect({ url, connections, onIdleError });
	closers.add(() => db.destroy());
	await migrate(db);
	return db;
}

/** Where mail and SMS go: what is not set goes to the inbox. */
export async function openDelivery({ config, closers }: PartsOptions): Promise<Delivery> {
	const { mail, sms } = config;
	if (mail.smtpUrl && sms) return { smtpUrl: mail.smtpUrl, sms: accessOf(sms), inboxRouter: null };
	const inbox = await startInbox({ dataDir: config.dataDir });
	closers.add(inbox.stop);
	return {
		smtpUrl: mail.smtpUrl ?? inbox.smtpUrl,
		sms: sms ? accessOf(sms) : { ...INBOX_ACCOUNT, from: INBOX_SENDER, baseUrl: inbox.twilioBaseUrl },
		inboxRouter: inbox.router,
	};
}

function accessOf(sms: SmsConfig): Delivery['sms'] {
	return {
		accountSid: sms.accountSid,
		authToken: sms.authToken ?? undefined,
		apiKey: sms.apiKey ?? undefined,
		apiSecret: sms.apiSecret ?? undefined,
		messagingServiceSid: sms.messagingServiceSid ?? undefined,
		from: sms.from ?? undefined,
		edge: sms.edge ?? undefined,
		region: sms.region ?? undefined,
		baseUrl: sms.baseUrl,
	};
}
