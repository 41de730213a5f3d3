import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.js';
import { type FrailServer, frail, freePort, serve, untilReady } from './child.js';

export interface TemporalServer extends FrailServer {
	address: string;
}

const TYPE_WORDS = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const;

/** Arguments of a server that keeps everything in a file, as the embedded one does, and so may go down and come back. */
export function keepingIn(file: string): string[] {
	return ['--db-filename', file, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
}

/**
 * A real Temporal server that keeps everything in memory unless told otherwise, with our search attributes, on a free port
 * of the loopback.
 */
export async function startTemporal(binary: string, extraArgs: readonly string[] = []): Promise<TemporalServer> {
	const port = await freePort();
	const attributes = SEARCH_ATTRIBUTES.flatMap(({ name, type }) => [
		'--search-attribute',
		`${name}=${TYPE_WORDS[type]}`,
	]);
	const args = [
		'server',
		'start-dev',
		'--headless',
		'--ip',
		'127.0.0.1',
		'--port',
		String(port),
		'--log-level',
		'error',
	];
	const address = `127.0.0.1:${port}`;
	const server = await frail(async () => {
		const started = serve(binary, [...args, ...attributes, ...extraArgs]);
		await untilReady(started, 30_000, () => answers(address));
		return started;
	});
	return { ...server, address };
}

async function answers(address: string): Promise<void> {
	const connection = await Connection.connect({ address, connectTimeout: '1s' });
	try {
		await connection.workflowService.describeNamespace({ namespace: 'default' });
	} finally {
		await connection.close();
	}
}
