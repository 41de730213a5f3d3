import type { Api } from '../context.js';

/** A keyed digest of an e-mail and a network. It costs the same whether or not an account has the e-mail. */
export function networkDigest(
	{ keys }: Pick<Api, 'keys'>,
	{ email }: { email: string | null },
	source: string,
): string {
	return keys.digest('network', email ?? '', source);
}
