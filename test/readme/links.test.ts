import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allDocuments, fencesOf, ROOT } from './documents.js';

const documents = allDocuments();

/** In capitals and with an underscore, as variables are; of a pattern such as `TWILIO_*` the part that is said. */
const VARIABLE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
/** Of other programs and of our own test. */
const NOT_OURS = new Set(['COMPOSE_PROFILES', 'RECORD_HISTORIES']);

describe.each(documents)('$path', ({ path, text, ...document }) => {
	const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '');

	test('leads to files that exist', () => {
		const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
		const local = links.filter((target) => !/^[a-z]+:/.test(target)).map((target) => target.replace(/#.*$/, ''));
		const missing = local.filter((target) => target && !existsSync(join(ROOT, dirname(path), target)));
		expect(missing).toEqual([]);
	});

	test('shows anchors of its own that exist', () => {
		const anchors = [...prose.matchAll(/\]\(#([^)\s]+)\)/g)].map(([, anchor]) => anchor);
		const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugOf(heading));
		expect(anchors.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
	});

	test('names files that exist', () => {
		const named = [...prose.matchAll(/`((?:[a-z-]+\/)+[a-z.-]+\.(?:ts|tsx|mjs|md|yml|sh))`/g)].map(
			([, file = '']) => file,
		);
		expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
	});

	test('names scripts that exist', () => {
		const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		const named = [...text.matchAll(/npm (?:run )?([a-z-]+)/g)].map(([, script = '']) => script);
		const own = named.filter((script) => !['install', 'ci'].includes(script));
		expect(own.filter((script) => !(script in scripts))).toEqual([]);
	});

	test('names variables that .env.example has', () => {
		const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
		const known = new Set([...example.matchAll(/^#([A-Z0-9_]+)=/gm)].map(([, name]) => name));
		const fences = fencesOf({ path, text, ...document }).filter(({ language }) => language === '');
		const named = [prose, ...fences.map((fence) => fence.text)].flatMap((part) => part.match(VARIABLE) ?? []);
		expect(named.filter((name) => !known.has(name) && !NOT_OURS.has(name))).toEqual([]);
	});

	test('speaks of no machine but the reader’s', () => {
		expect(text).not.toMatch(/\/(?:work|root|home|tmp)\//);
	});
});

test('there is something to check', () => {
	expect(documents.map(({ path }) => path)).toContain('docs/runbook.md');
	expect(documents.length).toBeGreaterThan(10);
});

/** As GitHub makes the anchor of a heading. */
function slugOf(heading: string): string {
	return heading
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replaceAll(/\s/g, '-');
}
