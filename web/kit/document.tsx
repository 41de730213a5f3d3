import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Speech } from '../words/speech.js';
import { Contact } from './contact.js';
import { assetUrl } from './http/assets.js';
import { Ring } from './ring.js';
import { isolate, say } from './say.js';

export interface DocumentProps {
	speech: Speech;
	productName: string;
	/** The contact of Customer Success, at the end of every page (WCAG 3.2.6). */
	supportContact: string;
	/** The page's own title, without the product. */
	title: string;
	/** The page shows errors. The title says so first, for screen readers. */
	failed?: boolean;
	/** The end of the head line. */
	corner: ComponentChildren;
	/** The link of the product's name. */
	home?: string;
	/** For the desk: wider, and with its own style sheet. */
	wide?: boolean;
	children: ComponentChildren;
}

/** A whole page as HTML. */
export function renderDocument(props: DocumentProps): string {
	return `<!doctype html>${renderToString(<Document {...props} />)}`;
}

function Document({ speech, productName, title, failed, children, ...rest }: DocumentProps) {
	const { words, tag } = speech;
	return (
		<html lang={tag} dir={words.direction}>
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>{`${failed ? `${words.common.error}: ` : ''}${title} - ${productName}`}</title>
				<link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
				<link rel="stylesheet" href={assetUrl('page.css')} />
				{rest.wide && <link rel="stylesheet" href={assetUrl('desk.css')} />}
				<script type="module" src={assetUrl('page.js')} />
			</head>
			<body class={rest.wide ? 'wide' : undefined}>
				<a class="skip" href="#main">
					{words.common.skip}
				</a>
				<header class="top">
					<a class="brand" href={rest.home ?? '/'}>
						<Ring done={3} of={4} />
						<span>{productName}</span>
					</a>
					<div class="corner">{rest.corner}</div>
				</header>
				<main id="main" tabIndex={-1}>
					{children}
				</main>
				<footer class="foot">
					<p>
						{say(
							words.common.help,
							<Contact text={isolate(words, rest.supportContact)} contact={rest.supportContact} />,
						)}
					</p>
				</footer>
			</body>
		</html>
	);
}
