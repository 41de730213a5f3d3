import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Another network than the flood's: all of 127.0.0.0/8 is this machine. */
const ADDRESS = '127.0.0.2';
const PAUSE_MS = 10;

/** A user of another network who sends requests all the time and measures each answer. */
export class Stranger {
	#longestMs = 0;
	#refused = 0;
	#asking = true;
	readonly #agent = new Agent({ keepAlive: true, localAddress: ADDRESS });
	readonly #done: Promise<void>;

	constructor(
		private readonly url: string,
		private readonly token: string,
	) {
		this.#done = this.#goOn();
	}

	/** The measurements since the last call. */
	read(): { longestMs: number; refused: number } {
		const seen = { longestMs: this.#longestMs, refused: this.#refused };
		this.#longestMs = 0;
		this.#refused = 0;
		return seen;
	}

	async stop(): Promise<void> {
		this.#asking = false;
		await this.#done;
		this.#agent.destroy();
	}

	async #goOn(): Promise<void> {
		while (this.#asking) {
			for (const path of ['/v1/session', '/log-in']) {
				const startedAt = performance.now();
				const status = await this.#ask(path);
				this.#longestMs = Math.max(this.#longestMs, performance.now() - startedAt);
				if (status !== 200) this.#refused += 1;
			}
			await pause(PAUSE_MS);
		}
	}

	#ask(path: string): Promise<number> {
		const headers = { authorization: `Bearer ${this.token}` };
		return new Promise((resolve) => {
			const asked = request(new URL(path, this.url), { headers, agent: this.#agent }, (answer) => {
				answer.resume();
				answer.once('close', () => resolve(answer.statusCode ?? 0));
			});
			asked.once('error', () => resolve(0));
			asked.end();
		});
	}
}
