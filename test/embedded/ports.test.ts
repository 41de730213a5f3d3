import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { anyPort, isFree, openPorts, PortTakenError } from '../../embedded/ports.js';
import { temporaryFolder } from './folders.js';

it('gives the preferred port and the same one at the next start', async () => {
	const folder = temporaryFolder();
	const preferred = await anyPort();
	const ports = openPorts(folder);
	expect(await ports.find({ name: 'api', preferred })).toBe(preferred);
	const other = await anyPort();
	ports.remember('api', other);
	expect(await openPorts(folder).find({ name: 'api', preferred })).toBe(other);
});

it('says so and uses another when the port is taken, and stays with that one', async () => {
	const folder = temporaryFolder();
	const taken = await takenPort();
	const said: string[] = [];
	const found = await openPorts(folder, (line) => said.push(line)).find({ name: 'api', preferred: taken });
	expect(found).not.toBe(taken);
	expect(await isFree(found)).toBe(true);
	expect(said).toEqual([`Port ${taken} is taken by another program; api uses ${found} instead.`]);
	expect(openPorts(folder).recall('api')).toBe(found);
});

it('goes back to the preferred port when the remembered one is taken', async () => {
	const ports = openPorts(temporaryFolder());
	const preferred = await anyPort();
	ports.remember('api', await takenPort());
	expect(await ports.find({ name: 'api', preferred })).toBe(preferred);
});

it('refuses to replace a port that was asked for, and names the way out', async () => {
	const taken = await takenPort();
	const found = openPorts(temporaryFolder()).find({ name: 'api', preferred: taken, given: true, variable: 'PORT' });
	await expect(found).rejects.toThrow(PortTakenError);
	await expect(found).rejects.toThrow(
		`Port ${taken} is taken by another program. Stop that program, or set PORT to another port.`,
	);
});

it('takes an asked-for 0 as any port', async () => {
	const found = await openPorts(temporaryFolder()).find({ name: 'api', preferred: 0, given: true });
	expect(found).toBeGreaterThan(0);
});

it('starts with a file of ports that cannot be read', async () => {
	const folder = temporaryFolder();
	writeFileSync(`${folder}/ports.json`, '{"api":');
	expect(openPorts(folder).recall('api')).toBeNull();
});

async function takenPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	onTestFinished(() => void server.close());
	const address = server.address();
	return address && typeof address === 'object' ? address.port : 0;
}
