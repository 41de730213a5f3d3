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

/**
 * The delivery of a temporary password restarts its lifetime. After a slower delivery the shown deadline would be
 * wrong.
 */
const SLOW_DELIVERY_MS = 10 * SECOND_MS;

/** The ends of a delivery that change nothing but the message's own state. */
const UNEVENTFUL: readonly MessageState[] = ['sent', 'delivered', 'void'];

/**
 * One account as its workflow knows it: the last facts, whether an event came since, and the deliveries in flight. This
 * class waits; `onboarding.ts` decides for what, and in which order.
 */
export class FollowedAccount {
	private loaded: Facts | null = null;
	/** A signal came since the facts were loaded. */
	private stale = true;
	/** Temporal gave up on a delivery whose `giveUpAt` has passed: its row must end. */
	private giveUpDue = false;
	private deliveryEnded = false;
	private readonly inFlight = new Set<string>();

	/** Registers the signal and query handlers. All signals mean the same, unknown ones too. */
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

	get asOf(): Instant {
		return this.facts.asOf ?? now();
	}

	/** The facts are read while a workflow task runs, so they can be newer than the task's time. */
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

	/** Whether something is still owed without any act. */
	get isOwedSomething(): boolean {
		return this.reminderDueAt !== null || this.hasUnfinishedWork;
	}

	/**
	 * Waits for what happens next (a signal, the end of a delivery, the alarm) and reads the facts again: by `whenRung`
	 * after the alarm.
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

	/** The facts may lack a signal that came while they were read, so such a signal makes them stale again. */
	private async refresh(ask: Ask): Promise<void> {
		this.stale = false;
		this.loaded = await ask(this.accountId);
		show(this.standing);
		for (const message of this.facts.owed) {
			// An erased account is owed only its last mail. Deliveries in flight end by themselves.
			if (this.isErased && message.template !== 'account-erased') continue;
			if (!this.inFlight.has(message.id)) void this.see(message);
		}
	}

	/** Follows a delivery in the background. Cancellation ends only the wait: the row is still owed. */
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

	/** Only while nothing is in flight: the answer of an abandoned delivery would be lost. */
	private async continueAsNewIfLong(): Promise<void> {
		if (!workflowInfo().continueAsNewSuggested || this.hasUnfinishedWork) return;
		await continueAsNew<(input: OnboardingInput) => Promise<unknown>>({ accountId: this.accountId });
	}
}
