import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../../acts/views.js';
import { parts } from '../setup/services.js';
import { type Fence, fencesOf, ROOT, readDocument } from './documents.js';
import { type Product, startProduct } from './product.js';
import { openShell, type Shell } from './shell.js';

/** The only lines that are not run as they stand: where this run's product is. */
const PLACES = ['API=http://localhost:3000', 'DATA=.data'];

const fences = fencesOf(readDocument('docs/api-walkthrough.md'));
const steps = fences.flatMap(({ language, ...fence }, index) => {
	const next = fences[index + 1];
	return language === 'sh' ? [{ ...fence, number: index, shown: next?.language === 'text' ? next.text : null }] : [];
});

test('every block is one that is run, or what came out of it', () => {
	expect(new Set(fences.map(({ language }) => language))).toEqual(new Set(['sh', 'text']));
	const orphans = fences.filter(({ language }, index) => language === 'text' && fences[index - 1]?.language !== 'sh');
	expect(orphans).toEqual([]);
	for (const place of PLACES) expect(steps.filter(({ text }) => text.includes(`${place}\n`))).toHaveLength(1);
});

test('README holds commands to start and to deploy, and a drawing; requests stand in the walk-through', () => {
	const blocks = fencesOf(readDocument('README.md')).map(({ heading, language }) => [heading, language]);
	expect(blocks).toEqual([
		['Start', ''],
		['Start', ''],
		['How it is built', 'mermaid'],
		['Two ways to run', ''],
	]);
});

describe.skipIf(!parts.curl || !parts.oathtool || !parts.temporal)(
	'a stranger copies each block of the walk-through',
	() => {
		let product: Product;
		let shell: Shell;
		beforeAll(async () => {
			product = await startProduct();
			shell = openShell(ROOT);
		});
		afterAll(async () => {
			shell?.stop();
			await product?.stop();
		});

		test.each(steps)(
			'$heading ($number)',
			async ({ text, shown }) => {
				await product.untilDelivered();
				const written = await shell.run(atThisPlace(text, product));
				if (shown) expectShown(written, shown);
			},
			90_000,
		);

		test('then one user has a phone, the other has deferred it, and no account needs attention', async () => {
			const { items } = await product.ask<{ items: Account[] }>('/v1/accounts');
			expect(items.map(({ email, step, attention }) => [email, step, attention])).toEqual([
				['bob@example.com', 'complete', null],
				['ada@example.com', 'complete', null],
			]);
			const [bob, ada] = items;
			expect(ada?.phone).toMatchObject({ number: '+351 ••••••• 78', verifiedAt: expect.any(String) });
			expect(bob?.phone).toMatchObject({ number: null, verifiedAt: null, deferredUntil: expect.any(String) });
		});
	},
);

function atThisPlace(text: Fence['text'], { url, dataDir }: Product): string {
	const [api = '', data = ''] = PLACES;
	return text.replace(`${api}\n`, `API=${url}\n`).replace(`${data}\n`, `DATA=${dataDir}\n`);
}

/** The pieces between each `…` must come out in their order. */
function expectShown(written: string, shown: string): void {
	let from = 0;
	for (const piece of shown.split('…').map((text) => text.trim())) {
		const at = written.indexOf(piece, from);
		expect(at, `“${piece}” is not in what came out after ${from} characters:\n${written}`).toBeGreaterThanOrEqual(0);
		from = at + piece.length;
	}
}
