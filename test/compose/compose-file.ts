import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const root = join(import.meta.dirname, '../..');

/** A service as Compose resolves it; only what the tests look at. */
export interface Service {
	image: string;
	command: string[] | null;
	environment?: Record<string, string>;
	ports?: { host_ip?: string; target: number; published: string }[];
	volumes?: { type: string; source: string; target: string }[];
	healthcheck?: { test: string[] };
	restart?: string;
	profiles?: string[];
	stop_grace_period?: string;
	read_only?: boolean;
	depends_on?: Record<string, { condition: string }>;
}

/**
 * The services of `docker-compose.yml` as Docker Compose resolves it beside a `.env` with these variables, by the
 * reference implementation of the Compose Specification (`resolve/main.go`).
 * @throws what that says of a file that is not as the specification wants it
 */
export async function resolveCompose(env: Record<string, string>): Promise<Record<string, Service>> {
	const folder = mkdtempSync(join(tmpdir(), 'compose-'));
	try {
		cpSync(join(root, 'docker-compose.yml'), join(folder, 'docker-compose.yml'));
		const lines = Object.entries(env).map(([name, value]) => `${name}=${value}`);
		writeFileSync(join(folder, '.env'), lines.join('\n'));
		const args = ['run', '.', folder, ...lines];
		const { stdout } = await promisify(execFile)('go', args, { cwd: join(import.meta.dirname, 'resolve') });
		return JSON.parse(stdout.replaceAll(folder, root)).services;
	} finally {
		rmSync(folder, { recursive: true });
	}
}
