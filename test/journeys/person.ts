import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { generateSync } from 'otplib';
import type { Account, Authenticator, Onboarding, Session } from '../../acts/views.js';
import { AGENT_KEY, type Platform } from './platform.js';

export const PASSWORD = 'four unrelated words walking';

export interface Answer<Body> {
	status: number;
	body: Body;
	headers: Headers;
}

/** One request of the contract, as any client would send it. */
export async function ask<Body>(
	url: string,
	method: string,
	path: string,
	{ token, body, headers }: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<Body>> {
	const response = await fetch(url + path, {
		method,
		headers: {
			...(token && { Authorization: `Bearer ${token}` }),
			...(body !== undefined && { 'Content-Type': 'application/json' }),
			...headers,
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, body: (text ? JSON.parse(text) : null) as Body, headers: response.headers };
}

interface InboxMessage {
	id: string;
	channel: 'email' | 'sms';
	to: string;
	subject: string | null;
	text: string;
	html: string | null;
	receivedAt: string;
}

/** Milliseconds after which something hangs. Long enough for a machine that is busy with other tests. */
export const PATIENCE_MS = 60_000;

/** Repeats `look` until it finds something. @throws after `withinMs` */
export async function eventually<T>(
	look: () => Promise<T | null | undefined | false>,
	withinMs = PATIENCE_MS,
	what = 'it',
): Promise<T> {
	const deadline = performance.now() + withinMs;
	for (;;) {
		const found = await look();
		if (found) return found;
		if (performance.now() > deadline) throw new Error(`${what} did not happen within ${withinMs} ms`);
		await pause(25);
	}
}

/** A person whom Customer Success registers, and who then goes through the article with a phone in hand. */
export class Person {
	readonly email = `ana.${randomBytes(5).toString('hex')}@example.com`;
	readonly number = `+3519${randomBytes(4)
		.readUInt32BE()
		.toString()
		.padStart(8, '1')
		.slice(0, 8)
		.replace(/^[^1236]/, '1')}`;
	id = '';
	token = '';
	secret = '';
	temporaryPassword = '';
	password = PASSWORD;
	/** Milliseconds to wait for a message. */
	protected readonly patienceMs: number = PATIENCE_MS;
	/** All secrets of this person. */
	readonly secrets: string[] = [];

	constructor(readonly platform: Pick<Platform, 'url'>) {}

	agent<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
		return ask<Body>(this.platform.url, method, path, { token: AGENT_KEY, body, ...(headers && { headers }) });
	}

	user<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
		return ask<Body>(this.platform.url, method, path, { token: this.token, body, ...(headers && { headers }) });
	}

	async registers(): Promise<Account> {
		const { status, body } = await this.agent<Account>('POST', '/v1/accounts', {
			email: this.email,
			name: 'Ana Prado',
		});
		if (status !== 201) throw new Error(`not registered: ${JSON.stringify(body)}`);
		this.id = body.id;
		return body;
	}

	async messages(channel: 'email' | 'sms'): Promise<InboxMessage[]> {
		const to = encodeURIComponent(channel === 'email' ? this.email : this.number);
		const { body } = await ask<InboxMessage[]>(this.platform.url, 'GET', `/inbox/messages?to=${to}&channel=${channel}`);
		return body;
	}

	/** The line of the newest mail that has the shape of a temporary password. */
	async readsTemporaryPassword(mails = 1): Promise<string> {
		const mail = await eventually(async () => (await this.messages('email')).at(-mails), this.patienceMs, 'the mail');
		const line = mail.text.split(/\r?\n/).find((text) => /^[a-z2-9]{4}(-[a-z2-9]{4}){6}$/.test(text.trim()));
		if (!line) throw new Error('no line of the mail is a temporary password');
		this.temporaryPassword = line.trim();
		this.secrets.push(this.temporaryPassword);
		return this.temporaryPassword;
	}

	/** The code of the `n`-th SMS. */
	async readsPasscode(n = 1): Promise<string> {
		const sms = await eventually(async () => (await this.messages('sms')).at(-n), this.patienceMs, `SMS ${n}`);
		const code = /\d{6}/.exec(sms.text)?.[0] ?? '';
		this.secrets.push(code);
		return code;
	}

	async signsIn(password: string): Promise<Answer<Session>> {
		const answer = await ask<Session>(this.platform.url, 'POST', '/v1/session', {
			body: { email: this.email, password },
		});
		this.keeps(answer.body);
		return answer;
	}

	async changesPassword(): Promise<Answer<Onboarding>> {
		this.secrets.push(this.password);
		return this.acts('PUT', '/v1/onboarding/password', { password: this.password });
	}

	async scans(): Promise<Authenticator> {
		const { body } = await this.user<Authenticator>('GET', '/v1/onboarding/authenticator');
		this.secret = body.secret;
		this.secrets.push(body.secret);
		return body;
	}

	/** What the app shows now; `at` in ms since 1970. */
	code(at = Date.now()): string {
		return generateSync({ strategy: 'totp', secret: this.secret, epoch: Math.floor(at / 1000) });
	}

	confirms(code = this.code()): Promise<Answer<Onboarding>> {
		return this.acts('POST', '/v1/onboarding/authenticator/confirmation', { code });
	}

	givesPhone(number = this.number): Promise<Answer<Onboarding>> {
		return this.acts('PUT', '/v1/onboarding/phone', { number });
	}

	verifies(code: string): Promise<Answer<Onboarding>> {
		return this.acts('POST', '/v1/onboarding/phone/verification', { code });
	}

	defers(): Promise<Answer<Onboarding>> {
		return this.acts('POST', '/v1/onboarding/phone/deferral');
	}

	/** An act of the user, whose rotated token is kept as an app would keep it. */
	async acts(method: string, path: string, body?: unknown): Promise<Answer<Onboarding>> {
		const answer = await this.user<Onboarding>(method, path, body);
		this.keeps(answer.body.session);
		return answer;
	}

	/** The article up to the phone. */
	async untilPhone(): Promise<void> {
		await this.registers();
		await this.signsIn(await this.readsTemporaryPassword());
		await this.changesPassword();
		await this.scans();
		await this.confirms();
	}

	/** The article from end to end. */
	async onboards(): Promise<Answer<Onboarding>> {
		await this.untilPhone();
		await this.givesPhone();
		return this.verifies(await this.readsPasscode());
	}

	private keeps(session: Session | undefined): void {
		if (!session?.token) return;
		this.token = session.token;
		this.secrets.push(session.token);
	}
}
