import {
	condition,
	continueAsNew,
	defineQuery,
	isCancellation,
	setDefaultSignalHandler,
	setHandler,
	workflowInfo,
} from '@temporalio/workflow';
import type { Facts } from '../domain/facts.js';
import type { MessageState, OwedMessage } from '../domain/message.js';
import { nextStep, type Step } from '../domain/step.js';
import { type Instant, latest, msUntil, SECOND_MS } from '../domain/time.js';
import type { Alarm } from './alarm.js';
import { type Ask, giveUpMessages, loadFacts } from './ask.js';
import { deliver } from './delivery.js';
import { withMessageEnded } from './ended-message.js';
import { ONBOARDING_QUERY, type OnboardingInput } from './messages.js';
import { now } from './now.js';
import { show } from './show.js';
import { type OnboardingStanding, standingOf } from './standing.js';

/** Handing over a temporary password restarts its lifetime; after a slower delivery the deadline shown is wrong. */
const SLOW_DELIVERY_MS = 10 * SECOND_MS;

/** The ends of a delivery that change nothing but the message's own state. */
const UNEVENTFUL: readonly MessageState[] = ['sent', 'delivered', 'void'];

/**
 * One account as its workflow knows it: the facts last loaded, whether something happened since, and the deliveries in
 * flight. The generic waiting is here; what is waited for, and in which order, is told in `onboarding.ts`.
 */
export class FollowedAccount {
	private loaded: Facts | null = null;
	/** Something happened since the facts were loaded. */
	private stale = true;
	/** Temporal gave up on a delivery whose time is over: its row must end. */
	private giveUpDue = false;
	private deliveryEnded = false;
	private readonly inFlight = new Set<string>();

	/** From here on signals are heard and the query is answered. All signals mean the same, the unknown ones too. */
	constructor(private readonly accountId: string) {
		setDefaultSignalHandler(() => {
			this.stale = true;
		});
		setHandler(defineQuery<OnboardingStanding | null>(ONBOARDING_QUERY), () => this.loaded && this.standing);
	}

	get facts(): Facts {
		if (!this.loaded) throw new Error('the facts were not loaded yet');
		return this.loaded;
	}

	/** When the facts were read. */
	get asOf(): Instant {
		return this.facts.asOf ?? now();
	}

	/** The facts are read while a task runs, so they can be younger than the time the task is told. */
	get now(): Instant {
		return latest(now(), this.asOf) ?? now();
	}

	get standing(): OnboardingStanding {
		return standingOf(this.facts, this.now);
	}

	/** Whether the account stands at one of the steps. An erased one stands at none. */
	standsAt(...steps: Step[]): boolean {
		return !this.isErased && steps.includes(nextStep(this.facts, this.now));
	}

	get isErased(): boolean {
		return this.facts.erasedAt !== null;
	}

	get reminderDueAt(): Instant | null {
		return this.isErased ? null : this.facts.reminderDueAt;
	}

	/** Whether something is still to come that nobody has to act for. */
	get isOwedSomething(): boolean {
		return this.reminderDueAt !== null || this.hasUnfinishedWork;
	}

	/**
	 * Waits for what happens next (a signal, the end of a delivery, the alarm) and brings the facts up to date: by
	 * `whenRung` if it was the alarm.
	 */
	async news(alarm?: Alarm, whenRung: Ask = loadFacts): Promise<void> {
		await this.continueAsNewIfLong();
		await condition(() => this.stale || this.giveUpDue || this.deliveryEnded || alarm?.rings === true);
		this.deliveryEnded = false;
		if (alarm?.silence()) return this.refresh(whenRung);
		if (this.giveUpDue) return this.giveUp();
		if (this.stale) await this.refresh(loadFacts);
	}

	private get hasUnfinishedWork(): boolean {
		return this.stale || this.giveUpDue || this.inFlight.size > 0;
	}

	private async giveUp(): Promise<void> {
		this.giveUpDue = false;
		await this.refresh(giveUpMessages);
	}

	/** A signal that comes while the question is out may not be in the answer yet, so it makes the facts stale again. */
	private async refresh(ask: Ask): Promise<void> {
		this.stale = false;
		this.loaded = await ask(this.accountId);
		show(this.standing);
		for (const message of this.facts.owed) {
			// Of an erased account only its last mail still leaves; what was in flight ends by itself.
			if (this.isErased && message.template !== 'account-erased') continue;
			if (!this.inFlight.has(message.id)) void this.see(message);
		}
	}

	/** Sees a message to its end beside everything else. Cancellation ends only the seeing: the row is still owed. */
	private async see(message: OwedMessage): Promise<void> {
		const startedAt = now();
		this.inFlight.add(message.id);
		try {
			const result = await deliver(message);
			if (result) this.noteEnd(message, result.state, msUntil(startedAt, now()));
			else this.giveUpDue = true;
		} catch (error) {
			if (!isCancellation(error)) throw error;
		} finally {
			this.inFlight.delete(message.id);
			this.deliveryEnded = true;
		}
	}

	private noteEnd(message: OwedMessage, state: MessageState, tookMs: number): void {
		this.loaded = withMessageEnded(this.facts, message, state);
		show(this.standing);
		if (!UNEVENTFUL.includes(state) || tookMs > SLOW_DELIVERY_MS) this.stale = true;
	}

	/** Only while nothing is in flight: what an abandoned delivery answers would reach nobody. */
	private async continueAsNewIfLong(): Promise<void> {
		if (!workflowInfo().continueAsNewSuggested || this.hasUnfinishedWork) return;
		await continueAsNew<(input: OnboardingInput) => Promise<unknown>>({ accountId: this.accountId });
	}
}
