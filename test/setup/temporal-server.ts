import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.js';
import { freePort, type Server, serve, untilReady } from './child.js';

export interface TemporalServer extends Server {
	address: string;
	pid: number;
}

const TYPE_WORDS = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const;

/** A real Temporal server that keeps everything in memory, with our search attributes, on a free port of the loopback. */
export async function startTemporal(binary: string): Promise<TemporalServer> {
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
	const server = serve(binary, [...args, ...attributes]);
	const address = `127.0.0.1:${port}`;
	await untilReady(server, 30_000, async () => {
		const connection = await Connection.connect({ address, connectTimeout: '1s' });
		try {
			await connection.workflowService.describeNamespace({ namespace: 'default' });
		} finally {
			await connection.close();
		}
	});
	return { address, pid: server.child.pid ?? 0, stop: server.stop };
}
