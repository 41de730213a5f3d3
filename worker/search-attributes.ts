import { setTimeout as pause } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.js';

/** Temporal's numbers for the types (`temporal.api.enums.v1.IndexedValueType`). */
const TYPE_NUMBER = { KEYWORD: 2, DATETIME: 6 } as const;

/** A cluster's nodes learn of a new attribute one after the other. */
const VISIBLE_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 200;

/**
 * Registers what is missing of the workflow's search attributes; to be called before a worker polls, since an
 * unregistered one stops every run. Where we may not (a managed namespace), it says what has to be registered by hand.
 */
export async function ensureSearchAttributes(
	connection: Pick<NativeConnection, 'operatorService'>,
	namespace: string,
	log: Logger,
): Promise<void> {
	try {
		const missing = await missingAttributes(connection, namespace);
		if (missing.length === 0) return;
		await register(connection, namespace, missing);
		const deadline = Date.now() + VISIBLE_WITHIN_MS;
		while ((await missingAttributes(connection, namespace)).length > 0) {
			if (Date.now() > deadline) throw new Error('registered, but not visible');
			await pause(LOOK_EVERY_MS);
		}
	} catch (error) {
		const attributes = SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} (${type})`);
		log.warn(
			{ namespace, attributes, code: codeOf(error) },
			'search attributes could not be registered: without them every workflow stands still',
		);
	}
}

type Attribute = (typeof SEARCH_ATTRIBUTES)[number];

async function missingAttributes(
	{ operatorService }: Pick<NativeConnection, 'operatorService'>,
	namespace: string,
): Promise<Attribute[]> {
	const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
	return SEARCH_ATTRIBUTES.filter(({ name }) => customAttributes[name] === undefined);
}

async function register(
	{ operatorService }: Pick<NativeConnection, 'operatorService'>,
	namespace: string,
	attributes: Attribute[],
): Promise<void> {
	const searchAttributes = Object.fromEntries(attributes.map(({ name, type }) => [name, TYPE_NUMBER[type]]));
	try {
		await operatorService.addSearchAttributes({ namespace, searchAttributes });
	} catch (error) {
		if (codeOf(error) !== ALREADY_EXISTS) throw error;
	}
}

/** gRPC's code for what another worker registered in the meantime. */
const ALREADY_EXISTS = 6;

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
