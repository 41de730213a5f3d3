import type { ClientConnectConfig } from '@temporalio/envconfig';
import type { Config } from '../config/index.js';
import { connect, type Db } from '../database/connect.js';
import { migrate } from '../database/migrate.js';
import type { Closers } from './closers.js';
import { startDatabase } from './database.js';
import type { Ports } from './ports.js';
import { findTemporal } from './temporal-binary.js';
import { startTemporal } from './temporal-server.js';
import type { Terminal } from './terminal.mjs';

/** Connections to a database that is a server of its own. */
const DATABASE_CONNECTIONS = 10;
/** The embedded database has one backend; a second connection would only wait for the first. */
const EMBEDDED_CONNECTIONS = 1;
const TEMPORAL_UI_URL = 'http://localhost:8233';

export interface StoresOptions {
	config: Config;
	ports: Ports;
	terminal: Terminal;
	closers: Closers;
	/** Called when one of them ended by itself for good. */
	onDeath: (reason: string) => void;
	onIdleError: (error: Error) => void;
}

export interface TemporalAccess {
	connection: ClientConnectConfig['connectionOptions'];
	uiUrl: string;
}

/** Temporal and the database, configured or embedded. Both start at once, because each is slow. */
export async function openStores(options: StoresOptions): Promise<{ server: TemporalAccess; db: Db }> {
	const { config, terminal } = options;
	const binary = config.temporal.connection
		? null
		: await terminal.step('Finding Temporal', (say) => findTemporal({ say }));
	return terminal.step('Starting Temporal and the database', async () => {
		const opening = [openTemporalServer(options, binary), openDatabase(options)] as const;
		// Wait for both, also when one fails, so that both can be stopped.
		await Promise.allSettled(opening);
		const [server, db] = await Promise.all(opening);
		return { server, db };
	});
}

async function openTemporalServer(options: StoresOptions, binary: string | null): Promise<TemporalAccess> {
	const { config, ports, terminal, closers, onDeath } = options;
	const { connection, uiPort, uiPortGiven, uiUrl } = config.temporal;
	if (connection) return { connection: connection.connectionOptions, uiUrl: uiUrl ?? TEMPORAL_UI_URL };
	if (!binary) throw new Error('There is no Temporal to start.');
	const say = (line: string) => terminal.warn(line);
	const server = await startTemporal({ binary, dataDir: config.dataDir, ports, uiPort, uiPortGiven, onDeath, say });
	closers.addLast(server.stop);
	return { connection: { address: server.address }, uiUrl: uiUrl ?? server.uiUrl };
}

async function openDatabase({ config, closers, onDeath, onIdleError }: StoresOptions): Promise<Db> {
	let url = config.databaseUrl;
	let connections = DATABASE_CONNECTIONS;
	if (!url) {
		const database = await startDatabase({ dataDir: config.dataDir, onDeath });
		closers.add(database.stop);
		url = database.url;
		connections = EMBEDDED_CONNECTIONS;
	}
	const migrating = connect({ url, connections: 1, unhurried: true });
	await migrate(migrating).finally(() => migrating.destroy());
	const db = connect({ url, connections, onIdleError, keepStatements: !config.databaseUrl });
	closers.add(() => db.destroy());
	return db;
}
