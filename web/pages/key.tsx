import type { AuthenticatorKey } from '../../acts/views.js';
import type { Words } from '../words/words.js';

/** A link into the app, for a phone that cannot scan its own screen, and the key to type by hand. */
export function Key({ words: { token }, authenticator }: { words: Words; authenticator: AuthenticatorKey }) {
	const groups = authenticator.secret.match(/.{1,4}/g) ?? [];
	return (
		<div class="key">
			<h3>{token.samePhone}</h3>
			<p>
				<a class="button quiet" href={authenticator.keyUri}>
					{token.openApp}
				</a>
			</p>
			<h3>{token.byHand}</h3>
			<dl>
				<dt>{token.key}</dt>
				<dd>
					<code class="secret" dir="ltr" id="key" data-copy={token.copy} data-copied={token.copied}>
						{groups.map((group, index) => (
							<>
								{index > 0 && ' '}
								<span>{group}</span>
							</>
						))}
					</code>
				</dd>
				<dt>{token.account}</dt>
				<dd>
					<bdi>{authenticator.accountName}</bdi>
				</dd>
				<dt>{token.kind}</dt>
				<dd>{token.kindText}</dd>
			</dl>
		</div>
	);
}
