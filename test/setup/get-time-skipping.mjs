/*
 * Gets Temporal's time-skipping test server, which tests of the 24 hours need: the Java one of Maven Central with what it
 * depends on, into the user's cache, with a shell script in front that stands for the binary. Needs Java and Maven.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TIME_SKIPPING_VERSION, timeSkippingScript } from './find.mjs';
import { run } from './run-program.mjs';

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>mobile-token</groupId>
	<artifactId>time-skipping</artifactId>
	<version>1</version>
	<packaging>pom</packaging>
	<dependencies>
		<dependency>
			<groupId>io.temporal</groupId>
			<artifactId>temporal-test-server</artifactId>
			<version>${TIME_SKIPPING_VERSION}</version>
		</dependency>
	</dependencies>
</project>
`;

/** The SDK hands over the port first; its other arguments would make the server skip before the first task. */
const SCRIPT = `#!/bin/sh
exec java -Xmx256m -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$1"
`;

/** Made beside its place and renamed, so that a half-finished one is never found. @throws when Maven fails */
export async function getTimeSkipping() {
	const place = dirname(timeSkippingScript);
	mkdirSync(dirname(place), { recursive: true });
	const draft = mkdtempSync(`${place}.`);
	try {
		writeFileSync(join(draft, 'pom.xml'), POM);
		writeFileSync(join(draft, 'temporal-test-server'), SCRIPT, { mode: 0o755 });
		const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'];
		await run('mvn', ['-q', '-B', ...goal], { cwd: draft });
		rmSync(place, { recursive: true, force: true });
		renameSync(draft, place);
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
}
