import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';

/** Milliseconds. A header is one packet, a body at most 16 KiB: a slower client only occupies a connection. */
const HEADER_MS = 5_000;
const REQUEST_MS = 10_000;
const CHECK_EVERY_MS = 1_000;
/** A connection on which nothing moves for so long is closed: its peer fetches no answer. No answer takes that long to make. */
const IDLE_MS = 30_000;
/** How long a client has to read why it was cut off, before the connection is closed on both sides. */
const LINGER_MS = 1_000;
/** How often connections that fell idle are closed while stopping. */
const IDLE_CHECK_MS = 50;

export interface RunningServer {
	/** Where it listens, such as `http://127.0.0.1:3000`. */
	url: string;
	port: number;
	/** Takes no new connections, lets requests under way finish for `graceMs`, then cuts them off. */
	stop(graceMs?: number): Promise<void>;
}

/** Listens. @throws what the system says when it cannot, such as `EADDRINUSE` */
export async function startServer(
	app: Express,
	{ host, port, idleMs = IDLE_MS }: { host: string; port: number; idleMs?: number },
): Promise<RunningServer> {
	const server = createServer(
		{ headersTimeout: HEADER_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: CHECK_EVERY_MS },
		app,
	);
	server.timeout = idleMs;
	server.on('clientError', onClientError);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const address = server.address() as AddressInfo;
	const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
	return { url: `http://${name}:${address.port}`, port: address.port, stop: (graceMs) => stop(server, graceMs) };
}

async function stop(server: Server, graceMs = 10_000): Promise<void> {
	const closed = new Promise<void>((resolve) => {
		server.close(() => resolve());
	});
	const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
	const cut = setTimeout(() => server.closeAllConnections(), graceMs);
	await closed;
	clearInterval(idle);
	clearTimeout(cut);
}

const STATUS_OF: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Malformed HTTP never reaches Express, so this code writes the answer itself. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
	if (!socket.writable || error.code === 'ECONNRESET') {
		socket.destroy();
		return;
	}
	const status = STATUS_OF[error.code ?? ''] ?? 400;
	const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, code: 'invalid-request' });
	const head = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
		'Content-Type: application/problem+json; charset=utf-8',
		`Content-Length: ${Buffer.byteLength(body)}`,
		'Connection: close',
	];
	socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
	// Node leaves the other half open, and with it what the request holds: a client that never closes would keep its turn.
	setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
