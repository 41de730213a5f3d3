import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import pino, { type Logger } from 'pino';
import { type RunningWorkers, startWorkers } from '../../worker/worker.js';
import {
	DEADLINE_ATTRIBUTE,
	ONBOARDING,
	ONBOARDING_QUERY,
	ONBOARDING_SUMMARY,
	type OnboardingInput,
	type OnboardingResult,
	onboardingWorkflowId,
	type SignalInput,
	STEP_ATTRIBUTE,
	WORKFLOW_TASK_TIMEOUT_MS,
} from '../../workflows/messages.js';
import type { OnboardingStanding } from '../../workflows/standing.js';
import { workflowBundle } from '../journeys/bundle.js';
import { FakePlatform } from './fake-platform.js';

type Onboarding = (input: OnboardingInput) => Promise<OnboardingResult>;

/** A task queue of its own on a Temporal server, with workers over a fake platform and a client that tells of acts. */
export class Onboardings {
	private workers: RunningWorkers | null = null;
	private readonly started = new Set<string>();

	constructor(
		readonly env: TestWorkflowEnvironment,
		readonly platform = new FakePlatform(),
		private readonly log: Logger = pino({ level: 'silent' }),
		readonly taskQueue = `test-${randomUUID()}`,
	) {}

	async startWorkers(options: { smsPerSecond?: number } = {}): Promise<void> {
		this.workers = await startWorkers({
			connection: this.env.nativeConnection,
			namespace: 'default',
			taskQueue: this.taskQueue,
			activities: this.platform.activities,
			bundlePath: await workflowBundle(),
			log: this.log,
			...options,
		});
	}

	async stopWorkers(): Promise<void> {
		await this.workers?.stop();
		this.workers = null;
	}

	/** Ends what is still open, so that a server others use too has nothing left to wait for, and stops the workers. */
	async stop(): Promise<void> {
		const open = [...this.started].map((accountId) => this.handle(accountId).terminate('the test ended'));
		await Promise.allSettled(open);
		await this.stopWorkers();
	}

	/** As the API tells of an act; of a registration, with what the run shows from its start on. */
	async tell(accountId: string, event: string, typedSearchAttributes?: TypedSearchAttributes): Promise<void> {
		this.started.add(accountId);
		await this.env.client.workflow.signalWithStart<Onboarding, [SignalInput]>(ONBOARDING, {
			workflowId: onboardingWorkflowId(accountId),
			taskQueue: this.taskQueue,
			args: [{ accountId }],
			signal: event,
			signalArgs: [{ eventId: randomUUID() }],
			workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
			staticSummary: ONBOARDING_SUMMARY,
			...(typedSearchAttributes && { typedSearchAttributes }),
		});
	}

	async register(): Promise<string> {
		const accountId = await this.platform.register();
		const { temporaryPasswordExpiresAt } = this.platform.account(accountId).facts;
		const shown = new TypedSearchAttributes([
			{ key: STEP_ATTRIBUTE, value: 'change-password' },
			{ key: DEADLINE_ATTRIBUTE, value: new Date(temporaryPasswordExpiresAt ?? 0) },
		]);
		await this.tell(accountId, 'registered', shown);
		return accountId;
	}

	/** Registers an account and lets it act until it stands at the step. */
	async registerUpTo(step: 'confirm-authenticator' | 'verify-phone'): Promise<string> {
		const accountId = await this.register();
		await this.platform.changePassword(accountId);
		await this.tell(accountId, 'passwordChanged');
		if (step === 'confirm-authenticator') return accountId;
		await this.platform.confirmAuthenticator(accountId);
		await this.tell(accountId, 'authenticatorConfirmed');
		return accountId;
	}

	/** The account's latest run, or one of its earlier ones. */
	handle(accountId: string, runId?: string): WorkflowHandle<Onboarding> {
		return this.env.client.workflow.getHandle<Onboarding>(onboardingWorkflowId(accountId), runId);
	}

	result(accountId: string): Promise<OnboardingResult> {
		return this.handle(accountId).result();
	}

	standing(accountId: string): Promise<OnboardingStanding | null> {
		return this.handle(accountId).query<OnboardingStanding | null>(ONBOARDING_QUERY);
	}

	/** The table that Temporal UI shows, asked for as Temporal UI does. */
	async details(accountId: string): Promise<string> {
		const metadata = await this.handle(accountId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
		return metadata.currentDetails;
	}

	/** What lists go by, as they stand on the latest run. */
	async attributes(accountId: string): Promise<Record<string, unknown>> {
		const { typedSearchAttributes } = await this.handle(accountId).describe();
		const ours = typedSearchAttributes.getAll().filter(({ key }) => key.name.startsWith('Onboarding'));
		return Object.fromEntries(ours.map(({ key, value }) => [key.name, value]));
	}

	/** How many runs the account had, and the signals they heard. */
	async countSignals(accountId: string): Promise<{ runs: number; signals: number }> {
		let runs = 0;
		let signals = 0;
		const { client } = this.env;
		const workflowId = onboardingWorkflowId(accountId);
		for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
			runs += 1;
			const { events } = await client.workflow.getHandle(workflowId, run.runId).fetchHistory();
			signals += (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
		}
		return { runs, signals };
	}

	/** How often each type of event stands in the history of the latest run. */
	async eventCounts(accountId: string): Promise<Record<string, number>> {
		const { events } = await this.handle(accountId).fetchHistory();
		const counts: Record<string, number> = {};
		for (const { eventType } of events ?? []) {
			const name = temporal.api.enums.v1.EventType[Number(eventType)]?.replace('EVENT_TYPE_', '') ?? 'UNKNOWN';
			counts[name] = (counts[name] ?? 0) + 1;
		}
		return counts;
	}
}
