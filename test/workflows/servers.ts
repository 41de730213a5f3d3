import { TestWorkflowEnvironment } from '@temporalio/testing';
import pino from 'pino';
import { installRuntime } from '../../worker/runtime.js';
import { parts, temporalAddress } from '../setup/services.js';

installRuntime(pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }));

/** The run's real Temporal server. */
export async function realServer(): Promise<TestWorkflowEnvironment> {
	return TestWorkflowEnvironment.createFromExistingServer({ address: await temporalAddress() });
}

/** A real Temporal server of this test's own: with settings of its own, and nothing registered. */
export function ownServer(extraArgs: string[] = []): Promise<TestWorkflowEnvironment> {
	return TestWorkflowEnvironment.createLocal({
		server: {
			executable: { type: 'existing-path', path: parts.temporal ?? '' },
			log: { format: 'json', level: 'error' },
			extraArgs,
		},
	});
}
