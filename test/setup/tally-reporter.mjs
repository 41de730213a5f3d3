import { writeFileSync } from 'node:fs';
import { clausesIn } from './clauses.mjs';

/** Writes how every test ended to the file that `TEST_TALLY_FILE` names, for `test/run.mjs`. */
export default class TallyReporter {
	onTestRunEnd(modules, unhandledErrors) {
		const tally = { passed: 0, failed: unhandledErrors.length, skipped: [], clauses: {} };
		for (const module of modules) count(module, tally);
		writeFileSync(process.env.TEST_TALLY_FILE, JSON.stringify(tally));
	}
}

/** A file or a suite that broke outside its tests (a hook, an import) is one failure more. */
function count(module, tally) {
	for (const test of module.children.allTests()) {
		const { state } = test.result();
		if (state === 'passed' || state === 'failed') tally[state] += 1;
		else tally.skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
		for (const id of clausesIn(test.fullName)) countClause(id, state, tally.clauses);
	}
	tally.failed += module.errors().length;
	for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
}

/** A test proves each clause whose id its name, or the name of a suite around it, carries. */
function countClause(id, state, clauses) {
	clauses[id] ??= { passed: 0, failed: 0 };
	if (state in clauses[id]) clauses[id][state] += 1;
}
