import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { generateSync } from 'otplib';
import { AGENT_KEY } from './product.js';
import type { Timings } from './timings.js';

const PASSWORD = 'four unrelated words walking';
/** A reader looks again after a while that grows: looks cost the server too, and are no part of an onboarding. */
const FIRST_LOOK_MS = 60;
const LOOK_GROWTH = 1.5;
const LOOK_FOR_MS = 60_000;
/** Possible numbers that belong to no subscriber: a Portuguese mobile range. */
const NUMBERS = 10_000_000;

interface Mail {
	text: string;
	receivedAt: string;
}

let people = 0;
const firstNumber = randomInt(NUMBERS);

/** One user of the bench, who goes through the article by HTTP as fast as the answers come, or with thinking before each act. */
export class Person {
	readonly email: string;
	readonly number: string;
	#token = '';
	#secret = '';
	/** When the last act was sent. Think time before it does not count. */
	#actedAt = 0;

	constructor(
		private readonly url: string,
		private timings: Timings,
		private thinkMs: number,
	) {
		people += 1;
		this.email = `person-${people}@bench.example`;
		this.number = `+35191${String((firstNumber + people) % NUMBERS).padStart(7, '0')}`;
	}

	/** The newest session token. */
	get token(): string {
		return this.#token;
	}

	async onboards(): Promise<void> {
		await this.begins();
		await this.goesOn();
	}

	/** Is registered, and signs in with the temporary password. */
	async begins(): Promise<void> {
		await this.#act('register', 'POST', '/v1/accounts', { email: this.email, name: 'Ana Prado' }, AGENT_KEY);
		const mail = await this.#reads('email', this.email);
		this.timings.add('act → mail handed over', Date.parse(mail.receivedAt) - this.#actedAt);
		const password = /^[a-z2-9]{4}(?:-[a-z2-9]{4}){6}$/m.exec(mail.text.replaceAll('\r', ''))?.[0];
		await this.#act('sign in (temporary) *', 'POST', '/v1/session', { email: this.email, password });
	}

	async goesOn(): Promise<void> {
		await this.#act('set password *', 'PUT', '/v1/onboarding/password', { password: PASSWORD });
		const { secret } = (await this.#act('get authenticator', 'GET', '/v1/onboarding/authenticator')) as {
			secret: string;
		};
		this.#secret = secret;
		await this.#act('confirm authenticator', 'POST', '/v1/onboarding/authenticator/confirmation', this.#code());
		await this.#act('put phone', 'PUT', '/v1/onboarding/phone', { number: this.number });
		const sms = await this.#reads('sms', this.number);
		this.timings.add('act → SMS handed over', Date.parse(sms.receivedAt) - this.#actedAt);
		const code = /\d{6}/.exec(sms.text)?.[0];
		await this.#act('verify phone', 'POST', '/v1/onboarding/phone/verification', { code });
	}

	/** The same person in another load. */
	in(timings: Timings, thinkMs: number): this {
		this.timings = timings;
		this.thinkMs = thinkMs;
		return this;
	}

	async signsIn(): Promise<void> {
		await this.givesPassword();
		await this.#act('TOTP', 'POST', '/v1/session/totp', this.#code());
	}

	/** The first half of a sign-in: the session lacks the second factor. */
	async givesPassword(): Promise<void> {
		await this.#act('sign in *', 'POST', '/v1/session', { email: this.email, password: PASSWORD });
	}

	#code(): { code: string } {
		const epoch = Math.floor(Date.now() / 1000);
		return { code: generateSync({ strategy: 'totp', secret: this.#secret, epoch }) };
	}

	async #act(name: string, method: string, path: string, body?: unknown, key?: string): Promise<unknown> {
		if (this.thinkMs > 0) await pause(this.thinkMs);
		this.#actedAt = Date.now();
		const startedAt = performance.now();
		const answer = await this.#ask(method, path, body, key ?? this.#token);
		this.timings.add(name, performance.now() - startedAt);
		const { token, session } = answer as { token?: string; session?: { token?: string } };
		this.#token = token ?? session?.token ?? this.#token;
		return answer;
	}

	async #ask(method: string, path: string, body: unknown, token: string): Promise<unknown> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				...(token && { Authorization: `Bearer ${token}` }),
				...(body !== undefined && { 'Content-Type': 'application/json' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const answer = await response.json();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${(answer as { code?: string }).code}`);
		return answer;
	}

	async #reads(channel: 'email' | 'sms', to: string): Promise<Mail> {
		const path = `/inbox/messages?channel=${channel}&to=${encodeURIComponent(to)}`;
		for (let waited = 0, wait = FIRST_LOOK_MS; waited < LOOK_FOR_MS; waited += wait, wait *= LOOK_GROWTH) {
			await pause(wait);
			const [newest] = (await this.#ask('GET', path, undefined, '')) as Mail[];
			if (newest) return newest;
		}
		throw new Error(`no ${channel} came within ${LOOK_FOR_MS / 1000} s`);
	}
}
