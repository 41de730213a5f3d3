import { SdkComponent } from '@temporalio/common';
import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

/** True, and by design: the workers for e-mail and SMS have no workflows. */
const EXPECTED = 'No workflows registered, not polling for workflow tasks';

/** The fields of Temporal's log entries that are logged. Others may contain personal data. */
const FIELDS = ['workflowId', 'runId', 'workflowType', 'activityType', 'activityId', 'attempt', 'taskQueue'] as const;

/**
 * Installs Temporal's runtime, once a process and before the first connection: it logs through `log`, from warnings
 * upwards, and leaves the process's signals to the process.
 */
export function installRuntime(log: Logger): Runtime {
	return Runtime.install({
		logger: new DefaultLogger('WARN', (entry) => pass(entry, log)),
		telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
		shutdownSignals: [],
	});
}

function pass({ level, message, meta }: LogEntry, log: Logger): void {
	if (message === EXPECTED) return;
	const fields: Record<string, unknown> = {};
	for (const name of FIELDS) if (meta?.[name] !== undefined) fields[name] = meta[name];
	if (meta?.error instanceof Error) fields.error = meta.error.name;
	// The native part logs only ids and the server's answers, and reports its errors nowhere else.
	if (meta?.sdkComponent === SdkComponent.core && typeof meta.error === 'string') fields.error = meta.error;
	if (level === 'ERROR') log.error(fields, message);
	else log.warn(fields, message);
}
