import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.js';
import { parts } from './services.js';

/** Temporal's numbers for the types (`temporal.api.enums.v1.IndexedValueType`). */
const TYPES = { KEYWORD: 2, DATETIME: 6 } as const;

/**
 * A Temporal server whose time `await env.sleep('25h')` moves, with our search attributes. Its time is one for all
 * workflows: a file should have one of its own and run its tests one after the other. `teardown()` ends it.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
	if (!parts.timeSkipping) throw new Error('The time-skipping server is not on this machine; `npm test` gets it.');
	const env = await start(parts.timeSkipping, 3);
	const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, TYPES[type]]));
	await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
	return env;
}

/** The SDK gives a server 5 s to come up, which a machine that is busy with other tests may miss once. */
async function start(path: string, tries: number): Promise<TestWorkflowEnvironment> {
	try {
		return await TestWorkflowEnvironment.createTimeSkipping({
			server: { executable: { type: 'existing-path', path } },
		});
	} catch (error) {
		if (tries === 1) throw error;
		return start(path, tries - 1);
	}
}
