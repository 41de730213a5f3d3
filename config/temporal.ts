import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import type { Environment } from './variables.js';

export interface TemporalConfig {
	/** How to reach the server. Null for the embedded one. */
	connection: ClientConnectConfig | null;
	namespace: string;
	taskQueue: string;
	/** The binary of the embedded server, when it is set. */
	cliPath: string | null;
	uiPort: number;
	/** Whether the port was set. A set port has no substitute. */
	uiPortGiven: boolean;
	/** The address of Temporal UI, for links. */
	uiUrl: string | null;
}

/**
 * Reads what Temporal's own tools read. A profile file counts only when it is named: the one that lies in a developer's
 * home would silently switch the embedded server off.
 */
export function readTemporal(
	environment: Environment,
	given: Record<string, string>,
	problems: string[],
): TemporalConfig {
	const connection = readConnection(given, problems);
	return {
		connection: connection?.connectionOptions.address ? connection : null,
		namespace: connection?.namespace ?? 'default',
		taskQueue: environment.TEMPORAL_TASK_QUEUE,
		cliPath: environment.TEMPORAL_CLI_PATH ?? null,
		uiPort: environment.TEMPORAL_UI_PORT,
		uiPortGiven: given.TEMPORAL_UI_PORT !== undefined,
		uiUrl: environment.TEMPORAL_UI_URL ?? null,
	};
}

function readConnection(given: Record<string, string>, problems: string[]): ClientConnectConfig | null {
	const fileNamed = Boolean(given.TEMPORAL_CONFIG_FILE || given.TEMPORAL_PROFILE);
	try {
		return loadClientConnectConfig({
			overrideEnvVars: given,
			disableFile: !fileNamed,
		});
	} catch {
		// The library's message may quote the file, which may hold a key.
		problems.push('TEMPORAL_*: the profile, certificate or key that they name cannot be read.');
		return null;
	}
}
