import type { Router } from 'express';
import type { ProviderAccess } from '../activities/delivery/twilio-client.js';
import type { Config, SmsConfig } from '../config/index.js';
import { connect, type Db } from '../database/connect.js';
import { migrate } from '../database/migrate.js';
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

/** What is stopped in the end, the last started first. */
export type Closers = (() => Promise<unknown>)[];

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

/** Temporal as the configuration names it, or our own. */
export async function openTemporalServer({ config, ports, terminal, closers, onDeath }: PartsOptions) {
	const { connection, uiPort, uiPortGiven, uiUrl } = config.temporal;
	if (connection) {
		return { connection: connection.connectionOptions, uiUrl: uiUrl ?? TEMPORAL_UI_URL, embedded: false };
	}
	const binary = await terminal.step('Finding Temporal', (say) => findTemporal({ say }));
	const server = await terminal.step('Starting Temporal', () =>
		startTemporal({
			binary,
			dataDir: config.dataDir,
			ports,
			uiPort,
			uiPortGiven,
			onDeath,
			say: (line) => terminal.warn(line),
		}),
	);
	closers.push(server.stop);
	return { connection: { address: server.address }, uiUrl: uiUrl ?? server.uiUrl, embedded: true };
}

/** The database at its newest schema. */
export async function openDatabase({ config, terminal, closers, onDeath, onIdleError }: PartsOptions): Promise<Db> {
	let url = config.databaseUrl;
	let connections = DATABASE_CONNECTIONS;
	if (!url) {
		const database = await terminal.step('Opening the database', () =>
			startDatabase({ dataDir: config.dataDir, onDeath }),
		);
		closers.push(database.stop);
		url = database.url;
		connections = EMBEDDED_CONNECTIONS;
	}
	const db = connect({ url, connections, onIdleError });
	closers.push(() => db.destroy());
	await terminal.step('Bringing the database to its newest schema', () => migrate(db));
	return db;
}

/** Where mail and SMS go: what is not set goes to the inbox. */
export async function openDelivery({ config, closers }: PartsOptions): Promise<Delivery> {
	const { mail, sms } = config;
	if (mail.smtpUrl && sms) return { smtpUrl: mail.smtpUrl, sms: accessOf(sms), inboxRouter: null };
	const inbox = await startInbox({ dataDir: config.dataDir });
	closers.push(inbox.stop);
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
