import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { reply, startSocketServer } from './mail-server.js';
import { MAIL, mailer, mailServer, PASSWORD, RECIPIENT, sendQuietly, socketServer } from './mailing.js';

describe('a mail that is refused', () => {
	test.each([
		[550, 'address-refused'],
		[521, 'mail-server-refused'],
		[551, 'address-refused'],
		[553, 'address-refused'],
		[554, 'mail-server-refused'],
	])('fails for good when the server says %i to the recipient', async (code, reason) => {
		const server = await mailServer({ onRcptTo: (to, _, done) => done(reply(code, `no mailbox of ${to.address}`)) });
		const { outcome, troubles } = await sendQuietly(server.port);
		expect(outcome).toEqual({ outcome: 'failed', reason });
		expect(troubles).toEqual([{ messageId: MAIL.messageId, code: 'EENVELOPE', command: 'RCPT TO', status: code }]);
	});

	test('fails for good as refused by the server when the sender or the content is refused', async () => {
		const sender = await mailServer({ onMailFrom: (_, __, done) => done(reply(550, 'not from you')) });
		expect((await sendQuietly(sender.port)).outcome).toEqual({ outcome: 'failed', reason: 'mail-server-refused' });
		const content = await mailServer({
			onData(stream, _, done) {
				stream.resume().on('end', () => done(reply(554, `mailbox of ${RECIPIENT} dislikes ${PASSWORD}`)));
			},
		});
		expect((await sendQuietly(content.port)).outcome).toEqual({ outcome: 'failed', reason: 'mail-server-refused' });
	});

	test.each([421, 450, 451, 452, 503])('is tried again when the server says %i', async (code) => {
		const server = await mailServer({ onRcptTo: (to, _, done) => done(reply(code, `mailbox of ${to.address} busy`)) });
		expect((await sendQuietly(server.port)).outcome).toEqual({ outcome: 'retry' });
	});

	test('does not keep the next mail from being sent', async () => {
		const server = await mailServer({
			onRcptTo: (to, _, done) => done(to.address.startsWith('gone') ? reply(550, 'gone') : null),
		});
		const post = mailer(server.port);
		expect(await post.send({ ...MAIL, to: 'gone@reader.example' })).toMatchObject({ outcome: 'failed' });
		expect(await post.send(MAIL)).toEqual({ outcome: 'sent' });
	});
});

describe('a mail to another machine', () => {
	/** Reaches this machine, and no rule knows it for this machine. */
	const elsewhere = (port: number) => `smtp://0.0.0.0:${port}`;

	test('leaves over TLS or not at all where TLS is required, also when STARTTLS was stripped from the greeting', async () => {
		const server = await mailServer();
		const { outcome, troubles } = await sendQuietly(0, {
			smtpUrl: elsewhere(server.port),
			requireTls: true,
			timeoutMs: 3_000,
		});
		expect(outcome).toEqual({ outcome: 'retry' });
		expect(troubles).toMatchObject([{ code: 'ETLS' }]);
		expect(server.arrived).toEqual([]);
	});

	test('does not leave to a server whose certificate is of another', async () => {
		const server = await mailServer({ disabledCommands: ['AUTH'] });
		const smtpUrl = elsewhere(server.port);
		expect((await sendQuietly(0, { smtpUrl, requireTls: true, timeoutMs: 3_000 })).outcome).toEqual({
			outcome: 'retry',
		});
		expect(server.arrived).toEqual([]);
	});

	test('leaves in clear where that is allowed, without credentials', async () => {
		const server = await mailServer();
		expect(await mailer(0, { smtpUrl: elsewhere(server.port) }).send(MAIL)).toEqual({ outcome: 'sent' });
	});

	test('needs no TLS when the other machine is this one', async () => {
		const server = await mailServer();
		expect(await mailer(server.port, { requireTls: true }).send(MAIL)).toEqual({ outcome: 'sent' });
	});
});

describe('a mail server in trouble', () => {
	test.each(['421 too many connections', '554 no service here'])(
		'is tried again after the greeting %s',
		async (line) => {
			const server = await socketServer((socket) => socket.end(`${line}\r\n`));
			expect((await sendQuietly(server.port, { timeoutMs: 2_000 })).outcome).toEqual({ outcome: 'retry' });
		},
	);

	test('is tried again when the server refuses our own credentials', async () => {
		const server = await mailServer({
			disabledCommands: ['STARTTLS'],
			allowInsecureAuth: true,
			onAuth: (_auth, _session, done) => done(reply(535, 'no')),
		});
		const { outcome, troubles } = await sendQuietly(0, { smtpUrl: `smtp://us:s%40fe@127.0.0.1:${server.port}` });
		expect(outcome).toEqual({ outcome: 'retry' });
		expect(troubles).toMatchObject([{ code: 'EAUTH', status: 535 }]);
		expect(inspect(troubles)).not.toContain('s@fe');
	});

	test('is tried again when the connection is refused', async () => {
		const { port, close } = await startSocketServer(() => {});
		await close();
		expect((await sendQuietly(port)).outcome).toEqual({ outcome: 'retry' });
	});

	test('is tried again when its name is unknown', async () => {
		const smtpUrl = 'smtp://mail.invalid:2525';
		expect((await sendQuietly(0, { smtpUrl, timeoutMs: 3_000 })).outcome).toEqual({ outcome: 'retry' });
	});

	test('is tried again when it breaks off in the middle', async () => {
		const server = await mailServer({ onRcptTo: () => {}, onMailFrom: () => {}, socketTimeout: 100 });
		expect((await sendQuietly(server.port, { timeoutMs: 2_000 })).outcome).toEqual({ outcome: 'retry' });
	});

	test.each([
		['says nothing', () => {}],
		['trickles', (write: () => void) => setInterval(write, 50).unref()],
	])('holds a mail no longer than the time-out when it %s', async (_, play) => {
		const server = await socketServer((socket) => play(() => socket.destroyed || socket.write('220-wait\r\n')));
		const started = performance.now();
		expect((await sendQuietly(server.port, { timeoutMs: 300 })).outcome).toEqual({ outcome: 'retry' });
		expect(performance.now() - started).toBeLessThan(1_500);
	});

	test('a mail that was given back while it waited is not sent later', async () => {
		let answer = () => {};
		const server = await mailServer({
			onMailFrom(_address, _session, done) {
				const before = answer;
				answer = () => {
					before();
					done();
				};
			},
		});
		const post = mailer(server.port, { timeoutMs: 300 });
		const outcomes = await Promise.all(
			Array.from({ length: 12 }, (_, n) => post.send({ ...MAIL, messageId: `row-${n}` })),
		);
		expect(outcomes).toEqual(Array(12).fill({ outcome: 'retry' }));
		answer();
		await new Promise((passed) => setTimeout(passed, 300));
		expect(server.arrived).toEqual([]);
	});

	test.each([
		['from another machine none', '[::ffff:127.0.0.1]', false],
		['on this machine they are', '127.0.0.1', true],
	])('is not given credentials in the clear: %s', async (_, host, given) => {
		let heard = '';
		const server = await socketServer((socket) => {
			socket.write('220 ready\r\n');
			socket.on('data', (chunk) => {
				heard += chunk;
				socket.write(String(chunk).startsWith('EHLO') ? '250-mail\r\n250 AUTH PLAIN\r\n' : '502 no\r\n');
			});
		});
		const smtpUrl = `smtp://us:s%40fe@${host}:${server.port}`;
		expect((await sendQuietly(0, { smtpUrl })).outcome).toEqual({ outcome: 'retry' });
		expect(heard).toContain('EHLO');
		expect(heard.includes('AUTH')).toBe(given);
	});
});
