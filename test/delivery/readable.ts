/** What a reader sees of a mail's HTML, and what a list of mails shows beside its subject. */
export function readHtml(html: string): { words: string[]; preheader: string } {
	const [, preheader = ''] = /<div style="display:none[^>]*>(.*?)<\/div>/s.exec(html) ?? [];
	const body = html.slice(html.indexOf('<body')).replace(/<div style="display:none[^>]*>.*?<\/div>/s, '');
	return { words: wordsIn(decoded(body.replace(/<[^>]*>/g, ' '))), preheader: decoded(preheader).trim() };
}

/** The words of a text in order, without punctuation. */
export function wordsIn(text: string): string[] {
	return text.match(/[\p{L}\p{M}\p{N}•]+/gu) ?? [];
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', zwnj: '' };

function decoded(html: string): string {
	return html
		.replace(/&#847;/g, '')
		.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
		.replace(/&([a-z]+);/g, (_, name) => NAMED[name] ?? '?');
}
