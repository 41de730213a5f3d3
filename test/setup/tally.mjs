import { inOrder } from './clauses.mjs';

/** What brings a part that tests were skipped for. */
const WAYS = {
	temporal: 'Temporal: install its command line or Go',
	postgres: 'PostgreSQL: apt-get install postgresql',
	timeSkipping: 'the time-skipping server: apt-get install default-jre-headless maven',
	chromium: 'Chromium: apt-get install chromium',
	oathtool: 'oathtool: apt-get install oathtool',
	go: 'Go: apt-get install golang',
	curl: 'curl: apt-get install curl',
	schemathesis: 'Schemathesis: apt-get install python3-venv',
};

/**
 * The closing lines of a run and its exit code. They name the clauses of `docs/standards.md` that the tests which ran
 * prove. The last line stands alone and counts; a run without a test, one that
 * ended badly without a failed test, and on a CI machine every skipped test, is a failure.
 */
export function conclude(tally, { exitCode, ci, parts }) {
	const { passed, skipped } = tally;
	const lines = [];
	if (skipped.length > 0) {
		lines.push(`Skipped (${skipped.length}):`, ...skipped.map((name) => `  ${name}`));
		const missing = Object.keys(WAYS).filter((part) => !parts[part]);
		if (missing.length > 0) lines.push('Missing on this machine:', ...missing.map((part) => `  ${WAYS[part]}`));
	}
	let failed = tally.failed;
	if (ci && skipped.length > 0) {
		lines.push('On a CI machine nothing may be skipped: each counts as failed.');
		failed += skipped.length;
	}
	if (failed === 0 && (exitCode !== 0 || passed === 0)) {
		lines.push(passed === 0 ? 'No test ran.' : `The test runner ended with ${exitCode}.`);
		failed = 1;
	}
	lines.push(...clauseLines(tally.clauses));
	const rest = !ci && skipped.length > 0 ? `, ${skipped.length} skipped` : '';
	lines.push(`${passed} passed, ${failed} failed${rest}`);
	return { lines, exitCode: failed > 0 ? 1 : 0 };
}

/** What the tests that ran say of each clause: red if one of its tests is red, not run if all of them were skipped. */
function clauseLines(clauses) {
	const ids = { green: [], red: [], notRun: [] };
	for (const id of inOrder(Object.keys(clauses))) {
		const { passed, failed } = clauses[id];
		ids[failed > 0 ? 'red' : passed > 0 ? 'green' : 'notRun'].push(id);
	}
	return [
		['Clauses of docs/standards.md with a green test', ids.green],
		['Clauses of docs/standards.md with a red test', ids.red],
		['Clauses of docs/standards.md whose tests did not run', ids.notRun],
	]
		.filter(([, which]) => which.length > 0)
		.map(([what, which]) => `${what} (${which.length}): ${which.join(' ')}`);
}
