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
 * The closing lines of a run and its exit code. The last line stands alone and counts; a run without a test, one that
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
	const rest = !ci && skipped.length > 0 ? `, ${skipped.length} skipped` : '';
	lines.push(`${passed} passed, ${failed} failed${rest}`);
	return { lines, exitCode: failed > 0 ? 1 : 0 };
}
