import { z } from 'zod';
import type { MasterKey } from '../domain/credentials/keys.js';
import { list } from './shapes.js';

/** A caller of the agents' API: the name stands in the audit events as the actor. */
export interface AgentApiKey {
	name: string;
	key: string;
}

const KEY_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{1,32}$/;
const NAME = /^[A-Za-z0-9._@-]{1,64}$/;

/** `id:base64,id:base64`, 32 bytes each. Problems name ids and positions, never what a key is. */
export const encryptionKeys = z.string().transform((written, context): MasterKey[] => {
	const keys = list(written).map((pair, index) => {
		const [id, encoded] = splitAt(pair);
		const key = Buffer.from(encoded, 'base64');
		if (!ID.test(id)) {
			context.addIssue(
				`must be id:base64 pairs with commas between; number ${index + 1} has no id of letters and digits`,
			);
		} else if (key.length !== KEY_BYTES) {
			context.addIssue(`must hold keys of ${KEY_BYTES} bytes in base64; the one called ${id} is not`);
		}
		return { id, key };
	});
	if (keys.length === 0) context.addIssue('must hold at least one id:base64 pair');
	refuseTwins(
		keys.map(({ id }) => id),
		context,
	);
	// The same key under two ids would make a rotation useless.
	refuseOneUnderTwoNames(
		keys.map(({ id, key }) => [id, key.toString('base64')]),
		context,
	);
	return keys;
});

/** One key, whose name is then `agent`, or `name:key` pairs with commas between. */
export const agentApiKeys = z.string().transform((written, context): AgentApiKey[] => {
	if (!/[:,]/.test(written)) return [{ name: 'agent', key: written.trim() }];
	const keys = list(written).map((pair, index) => {
		const [name, key] = splitAt(pair);
		if (!NAME.test(name) || !key) {
			context.addIssue(
				`must be one key, or name:key pairs with commas between; number ${index + 1} is not such a pair`,
			);
		}
		return { name, key };
	});
	if (keys.length === 0) context.addIssue('must hold at least one key');
	refuseTwins(
		keys.map(({ name }) => name),
		context,
	);
	// The audit would name the first of the two.
	refuseOneUnderTwoNames(
		keys.map(({ name, key }) => [name, key]),
		context,
	);
	return keys;
});

function splitAt(pair: string): [string, string] {
	const colon = pair.indexOf(':');
	return colon < 0 ? ['', pair] : [pair.slice(0, colon), pair.slice(colon + 1)];
}

function refuseTwins(names: string[], context: z.RefinementCtx): void {
	const twins = new Set(names.filter((name, index) => name && names.indexOf(name) !== index));
	for (const twin of twins) context.addIssue(`must not use the name ${twin} twice`);
}

function refuseOneUnderTwoNames(pairs: [name: string, secret: string][], context: z.RefinementCtx): void {
	for (const [index, [name, secret]] of pairs.entries()) {
		const twin = pairs.slice(0, index).find(([, other]) => secret && other === secret)?.[0];
		if (twin && twin !== name) context.addIssue(`must not hold one key under two names, ${twin} and ${name}`);
	}
}
