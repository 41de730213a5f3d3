import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMailer, type Mailer, type MailerOptions, type OutgoingMail } from '../../activities/delivery/email.js';
import { addressesOf, reply, startMailServer, startSocketServer } from './mail-server.js';

const PASSWORD = 'k7hq-m9fw-dpx3-tnc4-vrgz-8bjy-s5ea';
const RECIPIENT = 'ana.lima@reader.example';

const MAIL: OutgoingMail = {
	messageId: '0192f1d2-7c3a-4e61-9d0b-5f6a7b8c9d0e',
	template: 'temporary-password',
	locale: 'en',
	to: RECIPIENT,
	name: 'Ana Lima',
	params: { temporaryPassword: PASSWORD, expiresAt: '2026-11-25T08:00:00.000Z' },
};

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

function mailer(port: number, options: Partial<MailerOptions> = {}): Mailer {
	const made = createMailer({
		smtpUrl: `smtp://127.0.0.1:${port}`,
		from: 'no-reply@platform.example',
		productName: 'Mobile Token',
		dkim: null,
		supportContact: 'support@platform.example',
		publicUrl: 'https://login.platform.example:8443',
		...options,
	});
	closing.push(() => made.close());
	return made;
}

async function mailServer(...options: Parameters<typeof startMailServer>) {
	const server = await startMailServer(...options);
	closing.push(server.close);
	return server;
}

async function socketServer(...options: Parameters<typeof startSocketServer>) {
	const server = await startSocketServer(...options);
	closing.push(server.close);
	return server;
}

/** Neither what comes back nor what is reported for the log may say who was written to, or what. */
async function quietly(port: number, options: Partial<MailerOptions> = {}, mail = MAIL) {
	const onTrouble = vi.fn();
	const outcome = await mailer(port, { timeoutMs: 600, ...options, onTrouble }).send(mail);
	const told = inspect([outcome, onTrouble.mock.calls], { depth: 9 });
	for (const secret of [PASSWORD, RECIPIENT, 'Ana', 'mailbox of']) expect(told).not.toContain(secret);
	return { outcome, troubles: onTrouble.mock.calls.map(([trouble]) => trouble) };
}

describe('a mail that is taken', () => {
	test('arrives at its one recipient with text, HTML and the headers of an automatic message', async () => {
		const server = await mailServer();
		expect(await mailer(server.port).send(MAIL)).toEqual({ outcome: 'sent' });
		const [{ parsed, recipients }] = server.arrived as [(typeof server.arrived)[0]];
		expect(recipients).toEqual([RECIPIENT]);
		expect(addressesOf(parsed.to)).toEqual([RECIPIENT]);
		expect(parsed.from?.value).toEqual([{ name: 'Mobile Token', address: 'no-reply@platform.example' }]);
		expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
		expect(parsed.text?.split('\n')).toContain(PASSWORD);
		expect(parsed.html).toContain(PASSWORD);
		expect(parsed.subject).not.toContain(PASSWORD);
	});

	test('has the same Message-ID in every attempt, so that a second copy can be told', async () => {
		const server = await mailServer();
		const post = mailer(server.port);
		await post.send(MAIL);
		await post.send(MAIL);
		await post.send({ ...MAIL, messageId: 'another' });
		expect(server.arrived.map(({ parsed }) => parsed.messageId)).toEqual([
			`<${MAIL.messageId}@platform.example>`,
			`<${MAIL.messageId}@platform.example>`,
			'<another@platform.example>',
		]);
	});

	test('is signed for the domain when there is a key', async () => {
		const server = await mailServer();
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const dkim = {
			domainName: 'platform.example',
			keySelector: 's1',
			privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		};
		await mailer(server.port, { dkim }).send(MAIL);
		expect(server.arrived[0]?.raw.replace(/\r\n\s/g, '')).toMatch(/^DKIM-Signature:.*d=platform\.example;.*s=s1;/);
	});

	test('goes over connections that are kept: twenty mails at once open no more than five', async () => {
		let connections = 0;
		const server = await mailServer({
			onConnect(_session, done) {
				connections += 1;
				done();
			},
		});
		const post = mailer(server.port);
		const outcomes = await Promise.all(
			Array.from({ length: 20 }, (_, n) => post.send({ ...MAIL, messageId: `row-${n}` })),
		);
		expect(outcomes).toEqual(Array(20).fill({ outcome: 'sent' }));
		expect(new Set(server.arrived.map(({ parsed }) => parsed.messageId)).size).toBe(20);
		expect(connections).toBeLessThanOrEqual(5);
	});

	test('shows the name of the sender that was configured', async () => {
		const server = await mailServer();
		await mailer(server.port, { from: 'Customer Success <cs@platform.example>' }).send(MAIL);
		expect(server.arrived[0]?.parsed.from?.value).toEqual([
			{ name: 'Customer Success', address: 'cs@platform.example' },
		]);
	});
});

describe('a mail that is refused', () => {
	test.each([
		[550, 'address-refused'],
		[551, 'address-refused'],
		[553, 'address-refused'],
		[554, 'mail-server-refused'],
	])('fails for good when the server says %i to the recipient', async (code, reason) => {
		const server = await mailServer({ onRcptTo: (to, _, done) => done(reply(code, `no mailbox of ${to.address}`)) });
		const { outcome, troubles } = await quietly(server.port);
		expect(outcome).toEqual({ outcome: 'failed', reason });
		expect(troubles).toEqual([{ messageId: MAIL.messageId, code: 'EENVELOPE', command: 'RCPT TO', status: code }]);
	});

	test('fails for good as refused by the server when the sender or the content is refused', async () => {
		const sender = await mailServer({ onMailFrom: (_, __, done) => done(reply(550, 'not from you')) });
		expect((await quietly(sender.port)).outcome).toEqual({ outcome: 'failed', reason: 'mail-server-refused' });
		const content = await mailServer({
			onData(stream, _, done) {
				stream.resume().on('end', () => done(reply(554, `mailbox of ${RECIPIENT} dislikes ${PASSWORD}`)));
			},
		});
		expect((await quietly(content.port)).outcome).toEqual({ outcome: 'failed', reason: 'mail-server-refused' });
	});

	test.each([421, 450, 451, 452])('is tried again when the server says %i', async (code) => {
		const server = await mailServer({ onRcptTo: (to, _, done) => done(reply(code, `mailbox of ${to.address} busy`)) });
		expect((await quietly(server.port)).outcome).toEqual({ outcome: 'retry' });
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

describe('a mail server in trouble', () => {
	test.each(['421 too many connections', '554 no service here'])(
		'is tried again after the greeting %s',
		async (line) => {
			const server = await socketServer((socket) => socket.end(`${line}\r\n`));
			expect((await quietly(server.port, { timeoutMs: 2_000 })).outcome).toEqual({ outcome: 'retry' });
		},
	);

	test('is tried again when our own credentials are refused: that heals without the mail', async () => {
		const server = await mailServer({
			disabledCommands: ['STARTTLS'],
			allowInsecureAuth: true,
			onAuth: (_auth, _session, done) => done(reply(535, 'no')),
		});
		const { outcome, troubles } = await quietly(0, { smtpUrl: `smtp://us:s%40fe@127.0.0.1:${server.port}` });
		expect(outcome).toEqual({ outcome: 'retry' });
		expect(troubles).toMatchObject([{ code: 'EAUTH', status: 535 }]);
		expect(inspect(troubles)).not.toContain('s@fe');
	});

	test('is tried again when nobody listens', async () => {
		const { port, close } = await startSocketServer(() => {});
		await close();
		expect((await quietly(port)).outcome).toEqual({ outcome: 'retry' });
	});

	test('is tried again when its name is unknown', async () => {
		const smtpUrl = 'smtp://mail.invalid:2525';
		expect((await quietly(0, { smtpUrl, timeoutMs: 3_000 })).outcome).toEqual({ outcome: 'retry' });
	});

	test('is tried again when it breaks off in the middle', async () => {
		const server = await mailServer({ onRcptTo: () => {}, onMailFrom: () => {}, socketTimeout: 100 });
		expect((await quietly(server.port, { timeoutMs: 2_000 })).outcome).toEqual({ outcome: 'retry' });
	});

	test.each([
		['says nothing', () => {}],
		['trickles', (write: () => void) => setInterval(write, 50).unref()],
	])('holds a mail no longer than the time-out when it %s', async (_, play) => {
		const server = await socketServer((socket) => play(() => socket.destroyed || socket.write('220-wait\r\n')));
		const started = performance.now();
		expect((await quietly(server.port, { timeoutMs: 300 })).outcome).toEqual({ outcome: 'retry' });
		expect(performance.now() - started).toBeLessThan(1_500);
	});

	test('gets no mail later that was given back while it waited in line', async () => {
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
		expect((await quietly(0, { smtpUrl })).outcome).toEqual({ outcome: 'retry' });
		expect(heard).toContain('EHLO');
		expect(heard.includes('AUTH')).toBe(given);
	});
});

const OPTIONS: MailerOptions = {
	smtpUrl: 'smtp://127.0.0.1:25',
	from: 'no-reply@platform.example',
	productName: 'Mobile Token',
	dkim: null,
	supportContact: null,
	publicUrl: 'https://platform.example',
};

describe('input that would change the mail', () => {
	test.each([
		['ana@reader.example, eve@evil.example'],
		['ana@reader.example\r\nBcc: eve@evil.example'],
		['<eve@evil.example>'],
		['Ana <ana@reader.example>, eve@evil.example'],
		['undisclosed:eve@evil.example;'],
		['not-an-address'],
	])('an address that could be read as another, or as two, is not written to: %j', async (to) => {
		const server = await mailServer();
		expect(await mailer(server.port).send({ ...MAIL, to })).toEqual({ outcome: 'failed', reason: 'address-refused' });
		expect(server.arrived).toEqual([]);
	});

	test.each(['ana+token@reader.example', "o'neil@reader.example", 'josé@leitor.example', 'x@münchen.example'])(
		'an address that is unusual, but one, is written to: %j',
		async (to) => {
			const server = await mailServer();
			expect(await mailer(server.port).send({ ...MAIL, to })).toEqual({ outcome: 'sent' });
			expect(server.arrived[0]?.recipients).toHaveLength(1);
		},
	);

	test.each([
		'Ana\r\nBcc: eve@evil.example\r\n\r\nHello',
		'Ana\n\nabcd-efgh-ijkm-nopq-rstu-vwxy-z234\n',
		'<script>alert(1)</script>',
		'win at https://evil.example',
		'evil.example',
		'Ana \u202egnp.exe',
		'A'.repeat(500),
	])('a name adds neither header, line, link nor markup: %j', async (name) => {
		const server = await mailServer();
		expect(await mailer(server.port).send({ ...MAIL, name })).toEqual({ outcome: 'sent' });
		const [{ parsed, recipients }] = server.arrived as [(typeof server.arrived)[0]];
		expect(recipients).toEqual([RECIPIENT]);
		expect([...parsed.headers.keys()]).not.toContain('bcc');
		for (const part of [parsed.text, parsed.html || '']) {
			expect(part).not.toMatch(/<script|evil\.example|\u202e|A{61}/);
			expect(part?.split('\n')).not.toContain('abcd-efgh-ijkm-nopq-rstu-vwxy-z234');
		}
	});

	test.each([
		[{ smtpUrl: 'http://127.0.0.1' }, 'SMTP URL'],
		[{ smtpUrl: 'smtp://user:hush@' }, 'SMTP URL'],
		[{ from: 'nobody' }, 'sender'],
		[{ from: 'a@b.example, hush@d.example' }, 'sender'],
	])('a wrong setting stops the start, unquoted: %j', (wrong, said) => {
		expect(() => createMailer({ ...OPTIONS, ...wrong })).toThrow(said);
		expect(() => createMailer({ ...OPTIONS, ...wrong })).not.toThrow(/hush|nobody/);
	});
});

describe('a row that cannot be written out', () => {
	test.each([
		[{ template: 'passcode', params: { passcode: '123456' } }],
		[{ template: 'temporary-password', params: {} }],
		[{ template: 'phone-verified', params: {} }],
	] as const)('ends instead of being tried for ever: %j', async (broken) => {
		const server = await mailServer();
		expect(await mailer(server.port).send({ ...MAIL, ...broken })).toEqual({ outcome: 'failed', reason: 'unreadable' });
		expect(server.arrived).toEqual([]);
	});
});
