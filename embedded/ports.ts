import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const FILE = 'ports.json';
const LOOPBACK = '127.0.0.1';

export interface PortWish {
	/** What the port is remembered by, such as `api`. */
	name: string;
	preferred: number;
	/** Whether that port was set by name: then no other will do, unless it is 0, which means any. */
	given?: boolean;
	/** The address it will be opened on. */
	host?: string;
	/** The variable to name when a port that was asked for is taken. */
	variable?: string;
}

export interface Ports {
	/**
	 * A port that is free now: the one asked for, else the one of last time, else the preferred one, else any.
	 * @throws PortTakenError when the one that was asked for is taken
	 */
	find(wish: PortWish): Promise<number>;
	/** Keeps what a listener got, for the next start. */
	remember(name: string, port: number): void;
	recall(name: string): number | null;
}

/** Another process listens on the port that was set. The message names a way out. */
export class PortTakenError extends Error {
	override readonly name = 'PortTakenError';
}

/** The ports of one data folder. `say` hears of every port that could not be had. */
export function openPorts(dataDir: string, say: (line: string) => void = () => {}): Ports {
	const path = join(dataDir, FILE);
	const known = read(path);
	const remember = (name: string, port: number) => {
		if (known[name] === port) return;
		known[name] = port;
		writeFileSync(`${path}.new`, JSON.stringify(known, null, '\t'), { mode: 0o600 });
		renameSync(`${path}.new`, path);
	};
	return {
		remember,
		recall: (name) => known[name] ?? null,
		async find({ name, preferred, given = false, host = LOOPBACK, variable }) {
			if (given && preferred === 0) return anyPort(host);
			const first = given ? preferred : (known[name] ?? preferred);
			if (await isFree(first, host)) return first;
			if (given) {
				throw new PortTakenError(
					`Port ${first} is taken by another program. Stop that program, or set ${variable ?? name} to another port.`,
				);
			}
			const port = first !== preferred && (await isFree(preferred, host)) ? preferred : await anyPort(host);
			say(`Port ${first} is taken by another program; ${name} uses ${port} instead.`);
			remember(name, port);
			return port;
		},
	};
}

/** Whether no process listens there. Port 0 is always free. */
export function isFree(port: number, host: string = LOOPBACK): Promise<boolean> {
	return new Promise((done) => {
		const server = createServer();
		server.once('error', () => done(false));
		server.listen(port, host, () => server.close(() => done(true)));
	});
}

/** A port that is free at this moment. */
export function anyPort(host: string = LOOPBACK): Promise<number> {
	return new Promise((done, failed) => {
		const server = createServer();
		server.once('error', failed);
		server.listen(0, host, () => {
			const address = server.address();
			server.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
		});
	});
}

function read(path: string): Record<string, number> {
	if (!existsSync(path)) return {};
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return {}; // Only a convenience: other ports will be found.
	}
}
