import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AGENT_KEY } from '../journeys/platform.js';
import { freePort, serve, untilReady } from '../setup/child.js';

const START = fileURLToPath(new URL('../../embedded/start.mjs', import.meta.url));
const READY_WITHIN_MS = 120_000;

/** The whole product as `npm start` runs it, to be killed in part or whole. */
export class Tree {
	#child: ChildProcess | null = null;
	readonly dataDir = mkdtempSync(join(tmpdir(), 'mobile-token-tree-'));

	private constructor(
		readonly port: number,
		readonly uiPort: number,
	) {}

	static async plant(): Promise<Tree> {
		return new Tree(await freePort(), await freePort());
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Resolves when it is ready; gives how many milliseconds that took. */
	async start(): Promise<number> {
		const startedAt = performance.now();
		const env = {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			DATA_DIR: this.dataDir,
			PORT: String(this.port),
			TEMPORAL_UI_PORT: String(this.uiPort),
			AGENT_API_KEY: `carla:${AGENT_KEY}`,
		};
		const { child, said } = serve(process.execPath, [START], { env });
		this.#child = child;
		await untilReady({ child, said }, READY_WITHIN_MS, async () => {
			const { status } = await fetch(`${this.url}/readyz`);
			if (status !== 200) throw new Error(`the product is not ready:\n${said()}`);
		});
		return performance.now() - startedAt;
	}

	/** The pid of Temporal, which is the one child. */
	temporalPid(): number {
		const child = readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && this.#isTemporal(pid));
		if (!child) throw new Error('Temporal does not run');
		return Number(child);
	}

	#isTemporal(pid: string): boolean {
		try {
			return (
				readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${this.dataDir}/`) && Number(pid) !== this.#child?.pid
			);
		} catch {
			return false;
		}
	}

	killTemporal(): void {
		process.kill(this.temporalPid(), 'SIGKILL');
	}

	async killNode(): Promise<void> {
		const ended = new Promise((done) => this.#child?.once('exit', done));
		this.#child?.kill('SIGKILL');
		await ended;
	}

	async killAll(): Promise<void> {
		const temporal = this.temporalPid();
		await this.killNode();
		process.kill(temporal, 'SIGKILL');
	}

	/** Stops as Ctrl-C does; gives the exit code. */
	async stop(): Promise<number | null> {
		if (!this.#child || this.#child.exitCode !== null) return null;
		const ended = new Promise<number | null>((done) => this.#child?.once('exit', done));
		this.#child.kill('SIGINT');
		return ended;
	}

	fell(): void {
		rmSync(this.dataDir, { recursive: true, force: true });
	}
}
