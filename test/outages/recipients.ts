import { setTimeout as pause } from 'node:timers/promises';
import type { MessageView } from '../../acts/views.js';
import type { MessageState } from '../../domain/message.js';
import { reply, startMailServer } from '../delivery/mail-server.js';
import { json, startProvider } from '../delivery/provider.js';
import { eventually, type Person } from '../journeys/person.js';

/** What the mail server does with a mail: takes it, refuses it with that reply, or says nothing more. */
export type MailMood = 'takes' | 'hangs' | number;

/** A mail server whose mood tests change. */
export async function moodyMailServer() {
	const moods = new Map<string, MailMood[]>();
	const seen: string[] = [];
	const server = await startMailServer({
		onRcptTo({ address }, _session, done) {
			seen.push(address);
			const [mood = 'takes', ...rest] = moods.get(address) ?? moods.get('*') ?? [];
			if (rest.length > 0) moods.set(address, rest);
			if (mood === 'takes') done();
			else if (mood !== 'hangs') done(reply(mood, 'not now, or never'));
		},
	});
	return {
		...server,
		smtpUrl: `smtp://127.0.0.1:${server.port}`,
		/** Attempts, one after the other, for one recipient (`*`: everybody else); the last mood stays. */
		set: (address: string, ...attempts: MailMood[]) => void moods.set(address, attempts),
		attemptsFor: (address: string) => seen.filter((one) => one === address).length,
		mailsFor: (address: string) => server.arrived.filter(({ recipients }) => recipients.includes(address)),
	};
}

/** What the SMS provider does with one request: takes it, says nothing, cuts the line, or answers so. */
export type SmsMood = 'takes' | 'hangs' | 'cuts' | { status: number; code?: number; retryAfter?: number };

/** An SMS provider whose mood tests change. */
export async function moodyProvider() {
	const moods = new Map<string, SmsMood[]>();
	const provider = await startProvider((response, { form }) => {
		const number = form.To ?? '';
		const [mood = 'takes', ...rest] = moods.get(number) ?? [];
		moods.set(number, rest);
		if (mood === 'takes') json(response, 201, { sid: `SM${'1'.repeat(32)}`, status: 'queued' });
		else if (mood === 'cuts') response.destroy();
		else if (mood !== 'hangs') {
			const { status, code, retryAfter } = mood;
			json(
				response,
				status,
				{ code, status, message: `about ${number}` },
				retryAfter ? { 'Retry-After': String(retryAfter) } : {},
			);
		}
	});
	return {
		...provider,
		/** What it does with the next requests for a number; it takes those that follow. */
		set: (number: string, ...next: SmsMood[]) => void moods.set(number, next),
		requestsFor: (number: string) => provider.heard.filter(({ form }) => form.To === number),
	};
}

/** A message as Customer Success sees it, newest of its template. */
export async function messageOf(person: Person, template: MessageView['template']): Promise<MessageView | undefined> {
	const { body } = await person.agent<{ items: MessageView[] }>('GET', `/v1/accounts/${person.id}/messages`);
	return body.items.find((message) => message.template === template);
}

/** The message once it is in that state, and how many milliseconds that took. */
export async function untilState(
	person: Person,
	template: MessageView['template'],
	state: MessageState,
	withinMs: number,
) {
	const started = performance.now();
	const found = await eventually(
		async () => {
			const message = await messageOf(person, template);
			return message?.state === state && message;
		},
		withinMs,
		`${template} ${state}`,
	);
	return { ...found, tookMs: Math.round(performance.now() - started) };
}

/** Fails when it becomes true within that time. */
export async function never(look: () => boolean | Promise<boolean>, forMs: number, what: string): Promise<void> {
	const until = performance.now() + forMs;
	while (performance.now() < until) {
		if (await look()) throw new Error(`${what} happened`);
		await pause(50);
	}
}
