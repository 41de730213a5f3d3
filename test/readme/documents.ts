import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** One of the project's pages in Markdown. */
export interface Document {
	/** From the root. */
	path: string;
	text: string;
}

/** A fenced block, with what stands before it. */
export interface Fence {
	/** The heading it stands under. */
	heading: string;
	/** What follows the three backticks: `sh` is run by a test, `text` is what came out. */
	language: string;
	text: string;
}

export function readDocument(path: string): Document {
	return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** README, changelog and all of `docs/`. */
export function allDocuments(): Document[] {
	const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
	const pages = docs.filter((path) => path.endsWith('.md')).map((path) => join('docs', path));
	return ['README.md', 'CHANGELOG.md', ...pages].map(readDocument);
}

export function fencesOf({ text }: Document): Fence[] {
	const fences: Fence[] = [];
	let heading = '';
	let open: Fence | null = null;
	for (const line of text.split('\n')) {
		if (open) {
			if (line === '```') open = null;
			else open.text += `${line}\n`;
			continue;
		}
		heading = /^#+ (.+)/.exec(line)?.[1] ?? heading;
		const language = /^```(.*)/.exec(line)?.[1];
		if (language === undefined) continue;
		open = { heading, language, text: '' };
		fences.push(open);
	}
	return fences;
}
