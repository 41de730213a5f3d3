import type { Context, Info } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import type { Logger } from 'pino';

/** The text that a history shows for an error that we did not foresee. */
export const UNEXPECTED = 'unexpected error; the log of the worker names it';

/** Codes of drivers and of the system (`23505`, `ECONNREFUSED`) come from closed lists and quote no value. */
const CODE = /^[A-Z0-9_]{2,40}$/;

/**
 * Keeps recipients, values and statements that errors quote out of histories and logs. A fixed text replaces an
 * unexpected error of an activity. An expected error keeps its own text and loses its cause.
 */
export function plainFailures(log: Logger): (context: Context) => { inbound: ActivityInboundCallsInterceptor } {
	return ({ info }) => ({
		inbound: {
			async execute(input, next) {
				try {
					return await next(input);
				} catch (error) {
					throw plain(error, info, log);
				}
			},
		},
	});
}

function plain(error: unknown, info: Info, log: Logger): Error {
	if (error instanceof CancelledFailure) return error;
	if (error instanceof ApplicationFailure) {
		const { message, type, nonRetryable, nextRetryDelay, category } = error;
		return new ApplicationFailure(message, type, nonRetryable, undefined, undefined, nextRetryDelay, category);
	}
	const { activityType, activityId, attempt, workflowExecution } = info;
	log.error(
		{ ...nameOf(error), activityType, activityId, attempt, workflowId: workflowExecution?.workflowId },
		'activity failed unexpectedly',
	);
	return ApplicationFailure.create({ message: UNEXPECTED, type: 'Unexpected' });
}

function nameOf(error: unknown): { error: string; code?: string } {
	if (!(error instanceof Error)) return { error: typeof error };
	const code = 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? error.code : undefined;
	return { error: error.constructor.name, ...(code && { code }) };
}
