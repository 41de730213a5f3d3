import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const FILE = 'ports.json';
const LOOPBACK = '127.0.0.1';

export interface PortWish {
	/** The key under which the port is stored, such as `api`. */
	name: string;
	preferred: number;
	/** Whether the port was set. A set port has no substitute; 0 means any. */
	given?: boolean;
	/** The address it will be opened on. */
	host?: string;
	/** The variable that the error names when a set port is taken. */
	variable?: string;
}

export interface Ports {
	/**
	 * A port that is free now: the one that is set, else the last one, else the preferred one, else any.
	 * @throws PortTakenError when the port that was set is taken
	 */
	find(wish: PortWish): Promise<number>;
	/** Stores a listener's port for the next start. */
	remember(name: string, port: number): void;
	recall(name: string): number | null;
}

/** Another process listens on the port that was set. The message names a remedy. */
export class PortTakenError extends Error {
	override readonly name = 'PortTakenError';
}

/** The ports of one data folder. `say` receives a line for each port that was taken. */
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
		return {}; // Only a convenience: the start finds other ports.
	}
}
