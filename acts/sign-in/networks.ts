import type { Api } from '../context.js';

/** What a network is known by for an e-mail: a keyed digest, the same work whether or not an account has the e-mail. */
export function networkDigest(
	{ keys }: Pick<Api, 'keys'>,
	{ email }: { email: string | null },
	source: string,
): string {
	return keys.digest('network', email ?? '', source);
}
