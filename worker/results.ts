import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';

/**
 * Leaves out of an activity's result what is null. Facts are mostly that, each look at them stands in the history, and
 * the workflow reads what is missing as null.
 */
export function resultsWithoutNulls(): { inbound: ActivityInboundCallsInterceptor } {
	return { inbound: { execute: async (input, next) => withoutNulls(await next(input)) } };
}

function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	const known = Object.entries(value).filter(([, member]) => member !== null);
	return Object.fromEntries(known.map(([name, member]) => [name, withoutNulls(member)]));
}
