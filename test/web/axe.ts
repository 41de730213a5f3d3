import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it is shown. The pages forbid scripts; this one comes from the debugger. */
export async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const { violations: found } = (await page.evaluate(
		'axe.run(document, { resultTypes: ["violations"] })',
	)) as AxeResults;
	return found.map(
		({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
	);
}
