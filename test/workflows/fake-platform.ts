import { randomUUID } from 'node:crypto';
import type { AboutAccount, AboutMessage, Activities, DeliveryResult } from '../../activities/types.js';
import type { Facts } from '../../domain/facts.js';
import type { Channel, MessageState, OwedMessage, Template } from '../../domain/message.js';
import { nextStep } from '../../domain/step.js';
import { after, DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../domain/time.js';

type FakeMessage = OwedMessage & { state: MessageState };

interface FakeAccount {
	facts: Omit<Facts, 'owed' | 'messageCounts' | 'passcode' | 'reminderDueAt'>;
	passcode: { number: number; messageId: string; expiresAt: Instant; resendAvailableAt: Instant } | null;
	messages: FakeMessage[];
	reminders: number;
	temporaryPasswordMessageId: string;
	/** The audit trail: what happened, in order. */
	events: { name: string; at: Instant }[];
}

export const LIFETIME_MS = DAY_MS;
export const RESEND_AFTER_MS = 30 * SECOND_MS;
export const REMINDER_AFTER_MS = 7 * DAY_MS;
const REMINDERS = 3;
const OWED: readonly MessageState[] = ['queued', 'sending'];

/**
 * A platform in memory: what the database, the mail server and the SMS provider do for the workflow, kept to what the
 * workflow can tell apart. The acts change facts as the real ones do; the activities read them and are guarded alike.
 */
export class FakePlatform {
	readonly accounts = new Map<string, FakeAccount>();
	readonly attempts: { activity: keyof Activities; accountId: string; messageId?: string; at: Instant }[] = [];
	/** What the outside world does with a message; by default it takes it. May throw. */
	world: (message: OwedMessage) => Promise<MessageState> | MessageState = () => 'sent';
	/** Called before every activity that asks the database; may throw, as a database does. */
	database: (activity: keyof Activities) => Promise<void> | void = () => {};

	/** Whether the acts queue a mail that tells of them, as the product's do. */
	tellsChanges = false;
	/** Called between what an activity has read and its answer. */
	answering: () => Promise<void> | void = () => {};

	constructor(
		private readonly clock: () => Promise<Instant> | Instant = () => new Date().toISOString(),
		private readonly lifetimeMs = LIFETIME_MS,
		private readonly resendAfterMs = RESEND_AFTER_MS,
		private readonly reminderAfterMs = REMINDER_AFTER_MS,
	) {}

	async register(): Promise<string> {
		const now = await this.clock();
		const accountId = randomUUID();
		this.accounts.set(accountId, {
			facts: {
				createdAt: now,
				erasedAt: null,
				temporaryPasswordExpiresAt: after(now, this.lifetimeMs),
				passwordChangedAt: null,
				authenticatorConfirmedAt: null,
				phoneVerifiedAt: null,
				phoneDeferredUntil: null,
				emailFailedAt: null,
				smsFailedAt: null,
				lockedAt: null,
			},
			passcode: null,
			messages: [],
			reminders: 0,
			temporaryPasswordMessageId: '',
			events: [],
		});
		this.mintTemporaryPassword(accountId, now);
		return accountId;
	}

	async reissueTemporaryPassword(accountId: string): Promise<void> {
		const account = this.account(accountId);
		for (const message of account.messages) if (message.channel === 'email') voidUnsent(message);
		account.facts.emailFailedAt = null;
		this.mintTemporaryPassword(accountId, await this.clock());
	}

	async changePassword(accountId: string): Promise<void> {
		this.account(accountId).facts.passwordChangedAt = await this.clock();
	}

	async confirmAuthenticator(accountId: string): Promise<void> {
		this.account(accountId).facts.authenticatorConfirmedAt = await this.clock();
		if (this.tellsChanges) await this.notify(accountId, 'authenticator-confirmed');
	}

	async issuePasscode(accountId: string): Promise<string> {
		const account = this.account(accountId);
		const now = await this.clock();
		for (const message of account.messages) if (message.channel === 'sms') voidUnsent(message);
		const messageId = this.queue(account, 'sms', 'passcode', after(now, 5 * MINUTE_MS));
		account.facts.smsFailedAt = null;
		account.passcode = {
			number: (account.passcode?.number ?? 0) + 1,
			messageId,
			expiresAt: after(now, 10 * MINUTE_MS),
			resendAvailableAt: after(now, this.resendAfterMs),
		};
		return messageId;
	}

	async verifyPhone(accountId: string): Promise<void> {
		const account = this.account(accountId);
		account.facts.phoneVerifiedAt = await this.clock();
		account.passcode = null;
		if (this.tellsChanges) await this.notify(accountId);
	}

	async deferPhone(accountId: string): Promise<void> {
		const { facts } = this.account(accountId);
		facts.phoneDeferredUntil = after(await this.clock(), this.reminderAfterMs);
		facts.smsFailedAt = null;
	}

	/** Queues a notice, as acts that are worth one do. */
	async notify(accountId: string, template: Template = 'phone-verified'): Promise<void> {
		this.queue(this.account(accountId), 'email', template, after(await this.clock(), DAY_MS));
	}

	async erase(accountId: string): Promise<void> {
		const account = this.account(accountId);
		const now = await this.clock();
		account.facts.erasedAt = now;
		account.messages = [];
		account.passcode = null;
		this.queue(account, 'email', 'account-erased', after(now, DAY_MS));
	}

	/** What happened to an account, by name. */
	story(accountId: string): string[] {
		return this.account(accountId).events.map(({ name }) => name);
	}

	messages(accountId: string, template?: Template): FakeMessage[] {
		return this.account(accountId).messages.filter((message) => !template || message.template === template);
	}

	account(accountId: string): FakeAccount {
		const account = this.accounts.get(accountId);
		if (!account) throw new Error('no such account');
		return account;
	}

	private found(messageId: string): [accountId: string, account: FakeAccount, message: FakeMessage] {
		for (const [accountId, account] of this.accounts) {
			const message = account.messages.find(({ id }) => id === messageId);
			if (message) return [accountId, account, message];
		}
		throw new Error('no such message');
	}

	readonly activities: Activities = {
		loadFacts: (input) => this.ask('loadFacts', input, () => {}),
		expireTemporaryPassword: (input) =>
			this.ask('expireTemporaryPassword', input, (account, now) => {
				if (nextStep(account.facts, now) !== 'temporary-password-expired') return;
				const at = account.facts.temporaryPasswordExpiresAt ?? now;
				const noted = account.events.some((event) => event.name === 'temporaryPasswordExpired' && event.at === at);
				if (!noted) account.events.push({ name: 'temporaryPasswordExpired', at });
			}),
		remindOfPhone: (input) =>
			this.ask('remindOfPhone', input, (account, now) => {
				const dueAt = this.reminderDueAt(account);
				if (!dueAt || dueAt > now) return;
				account.reminders += 1;
				account.events.push({ name: 'phoneReminded', at: now });
				this.queue(account, 'email', 'phone-reminder', after(now, DAY_MS));
			}),
		giveUpMessages: (input) =>
			this.ask('giveUpMessages', input, (account, now) => {
				for (const message of account.messages) {
					if (OWED.includes(message.state) && message.giveUpAt <= now) this.end(account, message, 'failed', now);
				}
			}),
		deliverEmail: (input) => this.deliver('deliverEmail', input),
		deliverSms: (input) => this.deliver('deliverSms', input),
	};

	private async ask(
		activity: keyof Activities,
		{ accountId }: AboutAccount,
		effect: (account: FakeAccount, now: Instant) => void,
	): Promise<Facts> {
		const now = await this.clock();
		this.attempts.push({ activity, accountId, at: now });
		await this.database(activity);
		const account = this.account(accountId);
		effect(account, now);
		const facts = this.factsOf(account, await this.clock());
		await this.answering();
		return facts;
	}

	private async deliver(activity: keyof Activities, { messageId }: AboutMessage): Promise<DeliveryResult> {
		const [accountId, account, message] = this.found(messageId);
		this.attempts.push({ activity, accountId, messageId, at: await this.clock() });
		if (!OWED.includes(message.state)) return { state: message.state };
		const state = message.giveUpAt <= (await this.clock()) ? 'failed' : await this.world(message);
		this.end(account, message, state, await this.clock());
		return { state };
	}

	private end(account: FakeAccount, message: FakeMessage, state: MessageState, now: Instant): void {
		message.state = state;
		const { facts } = account;
		if (state === 'failed') facts[message.channel === 'email' ? 'emailFailedAt' : 'smsFailedAt'] = now;
		const live = message.id === account.temporaryPasswordMessageId && (facts.temporaryPasswordExpiresAt ?? now) > now;
		if (state === 'sent' && live) facts.temporaryPasswordExpiresAt = after(now, this.lifetimeMs);
	}

	private mintTemporaryPassword(accountId: string, now: Instant): void {
		const account = this.account(accountId);
		const expiresAt = after(now, this.lifetimeMs);
		account.facts.temporaryPasswordExpiresAt = expiresAt;
		account.temporaryPasswordMessageId = this.queue(account, 'email', 'temporary-password', expiresAt);
	}

	private queue(account: FakeAccount, channel: Channel, template: Template, giveUpAt: Instant): string {
		const id = randomUUID();
		account.messages.push({ id, channel, template, giveUpAt, state: 'queued' });
		return id;
	}

	private factsOf(account: FakeAccount, now: Instant): Facts {
		const { facts, passcode, messages } = account;
		const messageCounts: Facts['messageCounts'] = {};
		for (const { state } of messages) messageCounts[state] = (messageCounts[state] ?? 0) + 1;
		return {
			...facts,
			asOf: now,
			reminderDueAt: this.reminderDueAt(account),
			passcode: passcode && {
				number: passcode.number,
				expiresAt: passcode.expiresAt,
				resendAvailableAt: passcode.resendAvailableAt,
				delivery: messages.find(({ id }) => id === passcode.messageId)?.state ?? 'void',
			},
			owed: messages.filter(({ state }) => OWED.includes(state)).map(({ state: _, ...owed }) => owed),
			messageCounts,
		};
	}

	private reminderDueAt({ facts, reminders }: FakeAccount): Instant | null {
		if (facts.erasedAt || facts.phoneVerifiedAt || !facts.phoneDeferredUntil || reminders >= REMINDERS) return null;
		return after(facts.phoneDeferredUntil, reminders * this.reminderAfterMs);
	}
}

function voidUnsent(message: FakeMessage): void {
	if (message.state === 'queued') message.state = 'void';
}
