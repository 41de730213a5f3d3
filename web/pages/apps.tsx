import type { Words } from '../words/words.js';

/** The apps that the help article names. */
const APPS = [
	{ name: 'Google Authenticator', play: 'com.google.android.apps.authenticator2', apple: '388497605' },
	{ name: 'Microsoft Authenticator', play: 'com.azure.authenticator', apple: '983156458' },
	{ name: '2FA Authenticator', play: 'com.twofasapp', apple: '1217793794' },
] as const;

export function Apps({ words }: { words: Words }) {
	return (
		<ul class="apps">
			{APPS.map(({ name, play, apple }) => (
				<li>
					<bdi class="app">{name}</bdi>
					<Store
						name="Play Store"
						app={name}
						words={words}
						href={`https://play.google.com/store/apps/details?id=${play}`}
					/>
					<Store name="App Store" app={name} words={words} href={`https://apps.apple.com/app/id${apple}`} />
				</li>
			))}
		</ul>
	);
}

function Store({ name, app, href, words }: { name: string; app: string; href: string; words: Words }) {
	return (
		<a class="store" href={href} target="_blank" rel="noopener noreferrer">
			<bdi>{name}</bdi>
			<span class="unseen">
				{' '}
				– {app} ({words.common.opensNewTab})
			</span>
		</a>
	);
}
