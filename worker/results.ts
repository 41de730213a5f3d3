import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';

/**
 * Removes nulls from an activity's result. Most facts are null, each read of them is stored in the history, and the
 * workflow reads a missing field as null.
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
