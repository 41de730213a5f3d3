import type { Letterhead, Mail, Part } from './mail.js';

/** The plain text of a mail. Paragraphs are not wrapped; a secret and a link stand alone on their lines. */
export function textOf(mail: Mail, letterhead: Letterhead): string {
	// Isolated, so that a Latin name does not turn the direction of an Arabic line.
	const product = letterhead.direction === 'rtl' ? `\u2066${letterhead.productName}\u2069` : letterhead.productName;
	const title = `${product} – ${mail.heading}`;
	return `${[title, mail.greeting, ...mail.parts.map(partOf), `-- \n${mail.footer}`].join('\n\n')}\n`;
}

function partOf(part: Part): string {
	switch (part.kind) {
		case 'paragraph':
			return part.text;
		case 'secret':
			return `${part.label}\n\n${part.value}`;
		case 'fact':
			return `${part.label} ${part.value}`;
		case 'steps':
			return [part.title, ...part.items.map((item, index) => `${index + 1}. ${item}`)].join('\n');
		case 'button':
			return `${part.label}\n${part.url}`;
		case 'answer':
			return `${part.question}\n${part.text}`;
	}
}
