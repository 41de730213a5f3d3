import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMailer } from '../../activities/delivery/email.js';
import { addressesOf } from './mail-server.js';
import { MAIL, mailer, mailServer, OPTIONS, PASSWORD, RECIPIENT } from './mailing.js';

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
		[{ publicUrl: 'here' }, 'Invalid URL'],
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
		[{ template: 'temporary-password', params: { temporaryPassword: PASSWORD, expiresAt: 'tomorrow' } }],
		[{ template: 'phone-verified', params: {} }],
		[{ template: 'password-changed', params: { passwordChangedAt: 'yesterday' } }],
	] as const)('ends instead of being tried for ever: %j', async (broken) => {
		const server = await mailServer();
		expect(await mailer(server.port).send({ ...MAIL, ...broken })).toEqual({ outcome: 'failed', reason: 'unreadable' });
		expect(server.arrived).toEqual([]);
	});
});
