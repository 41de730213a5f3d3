import { setTimeout as pause } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.js';

type Operator = Pick<NativeConnection, 'operatorService'>;
type Attribute = (typeof SEARCH_ATTRIBUTES)[number];

/** Temporal's numbers for the types (`temporal.api.enums.v1.IndexedValueType`). */
const TYPE_NUMBER = { KEYWORD: 2, DATETIME: 6 } as const;

/** gRPC's codes for an attribute that another worker registered meanwhile, and for a server that cannot list. */
const ALREADY_EXISTS = 6;
const UNIMPLEMENTED = 12;

/** A new attribute reaches the nodes of a cluster one after the other. */
const VISIBLE_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 200;

/**
 * Registers what is missing of the workflow's search attributes; to be called before a worker polls, since an
 * unregistered one stops every run. Without the permission (a managed namespace), it logs which attributes to register
 * by hand.
 */
export async function ensureSearchAttributes(operator: Operator, namespace: string, log: Logger): Promise<void> {
	try {
		const missing = (await listMissing(operator, namespace)) ?? SEARCH_ATTRIBUTES;
		for (const attribute of missing) await register(operator, namespace, attribute);
		if (missing.length > 0) await untilVisible(operator, namespace);
	} catch (error) {
		const attributes = SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} (${type})`);
		log.warn(
			{ namespace, attributes, code: codeOf(error) },
			'search attributes could not be registered: without them every workflow stands still',
		);
	}
}

async function listMissing({ operatorService }: Operator, namespace: string): Promise<readonly Attribute[] | null> {
	try {
		const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
		return SEARCH_ATTRIBUTES.filter(({ name }) => customAttributes[name] === undefined);
	} catch (error) {
		if (codeOf(error) === UNIMPLEMENTED) return null;
		throw error;
	}
}

async function register({ operatorService }: Operator, namespace: string, { name, type }: Attribute): Promise<void> {
	try {
		await operatorService.addSearchAttributes({ namespace, searchAttributes: { [name]: TYPE_NUMBER[type] } });
	} catch (error) {
		if (codeOf(error) !== ALREADY_EXISTS) throw error;
	}
}

async function untilVisible(operator: Operator, namespace: string): Promise<void> {
	const deadline = performance.now() + VISIBLE_WITHIN_MS;
	while ((await listMissing(operator, namespace))?.length) {
		if (performance.now() > deadline) throw new Error('the search attributes are registered, but not visible');
		await pause(LOOK_EVERY_MS);
	}
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
