import type { Api } from '../context.js';

/** Under which wrong passwords at an e-mail are counted over all networks. */
export function guessesKey({ keys }: Pick<Api, 'keys'>, email: string): string {
	return keys.digest('limit', 'password', email);
}

/** Under which attempts at a new password of an account are counted. */
export function choicesKey({ keys }: Pick<Api, 'keys'>, accountId: string): string {
	return keys.digest('limit', 'password-change', accountId);
}
