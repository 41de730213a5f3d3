import type { AddressInfo, Server } from 'node:net';

/** A server on loopback that can go down and come back under the same address, as real ones do. */
export interface Listener {
	port: number;
	start(): Promise<void>;
	/** Closes all connections. */
	stop(): Promise<void>;
}

/** What both servers of the inbox offer. */
export interface Listenable {
	listen(port: number, host: string, done: () => void): unknown;
	close(done: () => void): unknown;
	once(event: 'error', handler: (error: Error) => void): unknown;
}

/** @param make a fresh server and its `node:net` server; `cut` closes the connections it has */
export async function listenOnLoopback(
	make: () => { server: Listenable; net: () => Server; cut: () => void },
): Promise<Listener> {
	let running: ReturnType<typeof make> | null = null;
	const listener: Listener = {
		port: 0,
		async start() {
			if (running) return;
			const made = make();
			await new Promise<void>((done, failed) => {
				made.server.once('error', failed);
				made.server.listen(listener.port, '127.0.0.1', () => done());
			});
			running = made;
			listener.port = (made.net().address() as AddressInfo).port;
		},
		async stop() {
			const stopping = running;
			running = null;
			if (!stopping) return;
			await new Promise<void>((done) => {
				stopping.server.close(() => done());
				stopping.cut();
			});
		},
	};
	await listener.start();
	return listener;
}
