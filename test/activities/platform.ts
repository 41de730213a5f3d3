import type { OutgoingMail } from '../../activities/delivery/email.js';
import type { OutgoingSms } from '../../activities/delivery/sms.js';
import type { ActivityDependencies } from '../../activities/dependencies.js';
import { createActivities } from '../../activities/index.js';
import type { DeliveryOutcome, Template } from '../../domain/message.js';
import type { Acts } from '../acts/acts.js';

/** A fake of the mail server and the SMS provider: records its input and gives the programmed answers. */
export class FakePlatform {
	readonly mails: OutgoingMail[] = [];
	readonly texts: OutgoingSms[] = [];
	/** What the next attempts come to; when there is none left, everything is sent. */
	readonly outcomes: DeliveryOutcome[] = [];
	/** Runs while a message is being handed over. */
	meanwhile: () => Promise<unknown> = async () => {};

	readonly mailer: ActivityDependencies['mailer'] = { send: (mail) => this.#take(this.mails, mail), close: () => {} };
	readonly texter: ActivityDependencies['texter'] = { send: (sms) => this.#take(this.texts, sms) };

	async #take<T>(taken: T[], message: T): Promise<DeliveryOutcome> {
		taken.push(message);
		await this.meanwhile();
		return this.outcomes.shift() ?? { outcome: 'sent' };
	}
}

/** The activities over the same database, clock and keys as the acts, and a fake world. */
export function workOn({ api }: Acts, changed: Partial<ActivityDependencies> = {}) {
	const platform = new FakePlatform();
	const { db, clock, keys, policy } = api;
	const { mailer, texter } = platform;
	return { platform, work: createActivities({ db, clock, keys, policy, mailer, texter, ...changed }) };
}

/** The account's messages of a template, newest first. */
export function messagesOf({ db }: Acts, accountId: string, template: Template) {
	return db
		.selectFrom('messages')
		.selectAll()
		.where('accountId', '=', accountId)
		.where('template', '=', template)
		.orderBy('createdAt', 'desc')
		.execute();
}
