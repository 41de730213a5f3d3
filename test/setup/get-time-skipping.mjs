/*
 * Gets Temporal's time-skipping test server, which tests of the 24 hours need: the Java one of Maven Central with what it
 * depends on, into the user's cache, with a shell script in front that stands for the binary. Needs Java and Maven.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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
		<dependency>
			<groupId>org.slf4j</groupId>
			<artifactId>slf4j-nop</artifactId>
			<version>1.7.36</version>
		</dependency>
	</dependencies>
</project>
`;

/** The client waits 5 s for the server, whatever else the machine does: so it starts as fast as Java can. */
const FAST = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
const CLASSES = 'classes.jsa';
const MAIN = 'io.temporal.testserver.TestServer';

/** The SDK hands over the port first; its other arguments would make the server skip before the first task. */
const SCRIPT = `#!/bin/sh
here=$(dirname "$0")
exec java ${FAST.join(' ')} -Xshare:auto -Xlog:disable -XX:SharedArchiveFile="$here/${CLASSES}" \\
	-cp "$here/lib/*" ${MAIN} "$1"
`;

const ARCHIVE_AFTER_MS = 5_000;

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
		await archiveClasses(place);
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
}

/** Lets Java write down, as it ends, what it had loaded: the next start takes half the time. Only that depends on it. */
async function archiveClasses(place) {
	const args = [
		...FAST,
		`-XX:ArchiveClassesAtExit=${CLASSES}`,
		'-Xlog:disable',
		'-cp',
		`${join(place, 'lib')}/*`,
		MAIN,
		'0',
	];
	const child = spawn('java', args, { cwd: place, stdio: 'ignore' });
	const ended = new Promise((done) => child.once('exit', done).once('error', done));
	await pause(ARCHIVE_AFTER_MS);
	child.kill();
	await ended;
}
