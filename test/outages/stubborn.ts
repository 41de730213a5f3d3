import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Onboarding, Session } from '../../acts/views.js';
import { type Answer, ask, Person } from '../journeys/person.js';
import { AGENT_KEY } from '../journeys/platform.js';

const AGAIN_MS = 150;
const GIVES_UP_AFTER_MS = 90_000;
const TIME_STEP_MS = 30_000;

/** A person whose client asks again, under the same key, until it is answered: as one should in bad luck. */
export class StubbornPerson extends Person {
	protected override readonly patienceMs = 60_000;
	/** Every act that was answered with yes. */
	acknowledged = 0;
	passcodesAskedFor = 0;

	override agent<Body>(method: string, path: string, body?: unknown) {
		return this.#untilAnswered<Body>(method, path, AGENT_KEY, body);
	}

	override user<Body>(method: string, path: string, body?: unknown) {
		return this.#untilAnswered<Body>(method, path, this.token, body);
	}

	override async signsIn(password: string): Promise<Answer<Session>> {
		const answer = await this.#untilAnswered<Session>('POST', '/v1/session', '', { email: this.email, password });
		this.token = answer.body.token ?? '';
		return answer;
	}

	override async messages(channel: 'email' | 'sms') {
		return super.messages(channel).catch(() => []);
	}

	/** The whole article, whatever dies; a code that an outage made too old is read again. */
	override async onboards(): Promise<Answer<Onboarding>> {
		await this.registers();
		const signedIn = await this.signsIn(await this.readsTemporaryPassword());
		if (signedIn.status !== 201) throw new Error(`not signed in: ${JSON.stringify(signedIn.body)}`);
		await this.changesPassword();
		await this.scans();
		let confirmed = await this.confirms();
		for (let n = 0; confirmed.status === 422 && n < 4; n += 1) {
			await pause(TIME_STEP_MS - (Date.now() % TIME_STEP_MS) + 50);
			confirmed = await this.confirms();
		}
		if (confirmed.status !== 200) throw new Error(`not confirmed: ${JSON.stringify(confirmed.body)}`);
		this.passcodesAskedFor = 1;
		await this.givesPhone();
		return this.verifies(await this.#readsSomePasscode());
	}

	/** An SMS that was being sent when the worker was killed may never come: then the user asks for another. */
	async #readsSomePasscode(): Promise<string> {
		for (;;) {
			for (let waited = 0; waited < 40_000; waited += AGAIN_MS) {
				const { length } = await this.messages('sms');
				if (length >= this.passcodesAskedFor) return this.readsPasscode(length);
				await pause(AGAIN_MS);
			}
			const { status } = await this.user('POST', '/v1/onboarding/phone/passcode');
			if (status === 202) this.passcodesAskedFor += 1;
			if ((await this.messages('sms')).length > 0) return this.readsPasscode((await this.messages('sms')).length);
		}
	}

	async #untilAnswered<Body>(method: string, path: string, token: string, body: unknown): Promise<Answer<Body>> {
		const headers = { 'Idempotency-Key': randomUUID() };
		for (let waited = 0; waited < GIVES_UP_AFTER_MS; waited += AGAIN_MS) {
			const answer = await ask<Body>(this.platform.url, method, path, { token, body, headers }).catch(() => null);
			if (answer && answer.status < 500) {
				if (answer.status < 300) this.acknowledged += 1;
				return answer;
			}
			await pause(AGAIN_MS);
		}
		throw new Error(`${method} ${path} was not answered`);
	}
}
