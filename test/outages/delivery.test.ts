import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, EventView } from '../../acts/views.js';
import { onboardingWorkflowId } from '../../workflows/messages.js';
import { eventually, PATIENCE_MS, Person } from '../journeys/person.js';
import { type Platform, startPlatform } from '../journeys/platform.js';
import { pgliteDatabase, postgresDatabase } from '../setup/databases.js';
import { parts } from '../setup/services.js';
import { messageOf, moodyMailServer, moodyProvider, type SmsMood, untilState } from './recipients.js';

const database = parts.postgres ? postgresDatabase : pgliteDatabase;

/** A delivery is given up after this long, which is what a mail server that hangs takes of one attempt. */
const RETRY_INTERVAL_MAX_MS = 30_000;
const ATTEMPT_MS = 8_000;

async function standingOf(platform: Platform, { id }: Person) {
	const run = platform.temporal.client.workflow.getHandle(onboardingWorkflowId(id));
	return run.query<{ attention: string | null; passcode: { anotherMayBeAskedFor: boolean } | null }>('onboarding');
}

async function accountOf(person: Person): Promise<Account> {
	return (await person.agent<Account>('GET', `/v1/accounts/${person.id}`)).body;
}

describe.skipIf(!parts.temporal)('a mail server or an SMS provider that is down', () => {
	let platform: Platform;
	beforeAll(async () => {
		platform = await startPlatform({ database });
	});
	afterAll(() => platform?.stop());

	test('mail waits as queued, which Customer Success sees, and leaves when the server is back', async () => {
		await platform.inbox.smtp.stop();
		const people = Array.from({ length: 4 }, () => new Person(platform));
		try {
			for (const person of people) expect(await person.registers()).toMatchObject({ step: 'change-password' });
			await eventually(
				async () => (platform.logged().match(/mail trouble/g)?.length ?? 0) >= 4,
				PATIENCE_MS,
				'an attempt',
			);
			for (const person of people) {
				expect(await messageOf(person, 'temporary-password')).toMatchObject({ state: 'queued', reason: null });
				expect(await accountOf(person)).toMatchObject({ temporaryPassword: { state: 'queued' }, attention: null });
			}
		} finally {
			await platform.inbox.smtp.start();
		}
		const took = await Promise.all(
			people.map((person) => untilState(person, 'temporary-password', 'sent', RETRY_INTERVAL_MAX_MS + ATTEMPT_MS)),
		);
		console.log(`mail server back: owed mail out within ${Math.max(...took.map(({ tookMs }) => tookMs))} ms`);
		for (const person of people) expect(await person.messages('email')).toHaveLength(1);
		expect((await people[0]?.signsIn(await people[0].readsTemporaryPassword()))?.status).toBe(201);
	});

	test('an SMS that met a refused connection surely was not sent: it waits, and leaves once', async () => {
		const ana = new Person(platform);
		await ana.untilPhone();
		await platform.inbox.twilio.stop();
		try {
			expect((await ana.givesPhone()).status).toBe(202);
			await eventually(async () => platform.logged().includes('SMS trouble'), PATIENCE_MS, 'an attempt');
			expect(await untilState(ana, 'passcode', 'queued', PATIENCE_MS)).toMatchObject({ reason: null });
		} finally {
			await platform.inbox.twilio.start();
		}
		const { tookMs } = await untilState(ana, 'passcode', 'sent', PATIENCE_MS);
		console.log(`SMS provider back: owed SMS out within ${tookMs} ms`);
		expect(await ana.messages('sms')).toHaveLength(1);
		expect(await ana.verifies(await ana.readsPasscode())).toMatchObject({ body: { step: 'complete' } });
	});
});

describe.skipIf(!parts.temporal)('a mail server or an SMS provider that answers', () => {
	let platform: Platform;
	let mail: Awaited<ReturnType<typeof moodyMailServer>>;
	let sms: Awaited<ReturnType<typeof moodyProvider>>;
	beforeAll(async () => {
		[mail, sms] = await Promise.all([moodyMailServer(), moodyProvider()]);
		const { smtpUrl } = mail;
		// The tests repeat acts many times a second until a wait ends, which the limits of acts would refuse.
		const roomy = { actsPerHour: 10_000, actsPerDay: 10_000 };
		const policy = { passcodeResendAfterMs: 3_000, passcodesPerDay: 2, ...roomy };
		platform = await startPlatform({ database, smtpUrl, twilioBaseUrl: sms.baseUrl, policy });
	});
	afterAll(async () => {
		await platform?.stop();
		await Promise.all([mail?.close(), sms?.close()]);
	});

	/** A person of this mail server, whose passwords are not in the inbox. */
	async function atPhone(): Promise<Person> {
		const person = new Person(platform);
		await person.registers();
		const text = await eventually(async () => mail.mailsFor(person.email)[0]?.parsed.text, PATIENCE_MS, 'the mail');
		const password = text.split(/\r?\n/).find((line) => /^[a-z2-9]{4}(-[a-z2-9]{4}){6}$/.test(line.trim())) ?? '';
		await person.signsIn(password.trim());
		await person.changesPassword();
		await person.scans();
		await person.confirms();
		return person;
	}

	function codeIn(person: Person, n: number): string {
		return /\d{6}/.exec(sms.requestsFor(person.number)[n - 1]?.form.Body ?? '')?.[0] ?? '';
	}

	test('451 says not now: the same mail is tried again until it is taken, once', async () => {
		const ana = new Person(platform);
		mail.set(ana.email, 451, 451, 'takes');
		await ana.registers();
		await untilState(ana, 'temporary-password', 'sent', PATIENCE_MS);
		expect(mail.attemptsFor(ana.email)).toBe(3);
		expect(mail.mailsFor(ana.email)).toHaveLength(1);
	});

	test('550 ends the mail: within moments Customer Success sees that, and why, and can correct it', async () => {
		const ana = new Person(platform);
		mail.set(ana.email, 550);
		await ana.registers();
		const { tookMs, ...message } = await untilState(ana, 'temporary-password', 'failed', PATIENCE_MS);
		console.log(`550: seen as failed ${tookMs} ms after the registration`);
		expect(message).toMatchObject({ state: 'failed', reason: 'address-refused' });
		expect(await accountOf(ana)).toMatchObject({ attention: 'email-failed', temporaryPassword: { state: 'failed' } });
		const { body } = await ana.agent<{ items: Account[] }>('GET', '/v1/accounts?attention=email-failed');
		expect(body.items.map(({ id }) => id)).toContain(ana.id);
		const attention = async () => (await standingOf(platform, ana))?.attention === 'email-failed';
		await eventually(attention, PATIENCE_MS, 'the attention of operations');
		expect(mail.attemptsFor(ana.email)).toBe(1);

		const corrected = `corrected.${ana.email}`;
		expect(await ana.agent('PATCH', `/v1/accounts/${ana.id}`, { email: corrected })).toMatchObject({ status: 200 });
		await eventually(async () => mail.mailsFor(corrected).length === 1, PATIENCE_MS, 'the corrected mail');
		await eventually(async () => (await accountOf(ana)).attention === null, PATIENCE_MS, 'the end of the attention');
	});

	/** What becomes of the first SMS, by what the provider says to its one request. */
	const ENDS: [string, SmsMood, { state: 'unknown' | 'failed'; reason: string }][] = [
		['500', { status: 500 }, { state: 'unknown', reason: 'outcome-unknown' }],
		['a line that is cut', 'cuts', { state: 'unknown', reason: 'outcome-unknown' }],
		['no answer in time', 'hangs', { state: 'unknown', reason: 'outcome-unknown' }],
		['21211', { status: 400, code: 21211 }, { state: 'failed', reason: 'number-invalid' }],
		['21610', { status: 400, code: 21610 }, { state: 'failed', reason: 'number-opted-out' }],
	];

	test.each(ENDS)(
		'%s ends the SMS after one request, and the user may ask for another code',
		async (_what, mood, end) => {
			const ana = await atPhone();
			sms.set(ana.number, mood);
			expect((await ana.givesPhone()).status).toBe(202);
			expect(await untilState(ana, 'passcode', end.state, PATIENCE_MS)).toMatchObject(end);
			const seen = await ana.user<{ phone: { passcode: { delivery: string } } }>('GET', '/v1/onboarding');
			expect(seen.body.phone.passcode.delivery).toBe(end.state);
			if (end.state === 'failed') {
				expect((await accountOf(ana)).attention).toBe('sms-failed');
			} else {
				// Only the wait tells the user that nothing came.
				await eventually(async () => (await accountOf(ana)).attention === 'sms-failed', PATIENCE_MS, 'the attention');
				await eventually(
					async () => (await standingOf(platform, ana))?.attention === 'sms-failed',
					PATIENCE_MS,
					'the attention of operations',
				);
			}
			expect(sms.requestsFor(ana.number)).toHaveLength(1);

			// A failed one ended its wait and counts for no cap (here 2 a day); the wait after an unknown one is over by now.
			const again = await ana.acts('POST', '/v1/onboarding/phone/passcode', {});
			expect(again.status).toBe(202);
			await untilState(ana, 'passcode', 'sent', PATIENCE_MS);
			expect(sms.requestsFor(ana.number)).toHaveLength(2);
			const [first, second] = [codeIn(ana, 1), codeIn(ana, 2)];
			expect(second).not.toBe(first);
			await eventually(async () => (await accountOf(ana)).attention === null, PATIENCE_MS, 'the end of the attention');
			if (end.state === 'failed') {
				await eventually(
					async () => (await ana.acts('POST', '/v1/onboarding/phone/passcode', {})).status === 202,
					PATIENCE_MS,
					'a second SMS of the day',
				);
				await eventually(async () => sms.requestsFor(ana.number).length === 3, PATIENCE_MS, 'its request');
			} else {
				const third = await eventually(async () => {
					const { status, body } = await ana.user<{ code: string }>('POST', '/v1/onboarding/phone/passcode', {});
					return body.code !== 'resend-too-soon' && { status, code: body.code };
				});
				expect(third).toEqual({ status: 429, code: 'rate-limited' });
			}
			const live = codeIn(ana, sms.requestsFor(ana.number).length);
			expect(await ana.verifies(live)).toMatchObject({ status: 200, body: { step: 'complete' } });
		},
	);

	test('an unknown SMS may have arrived: its code works', async () => {
		const ana = await atPhone();
		sms.set(ana.number, { status: 500 });
		await ana.givesPhone();
		await untilState(ana, 'passcode', 'unknown', PATIENCE_MS);
		expect(await ana.verifies(codeIn(ana, 1))).toMatchObject({ status: 200, body: { step: 'complete' } });
	});

	test('429 surely was not sent: another attempt follows when the provider said, and only one SMS is taken', async () => {
		const ana = await atPhone();
		sms.set(ana.number, { status: 429, code: 20429, retryAfter: 3 });
		const asked = performance.now();
		await ana.givesPhone();
		await eventually(async () => sms.requestsFor(ana.number).length === 1, PATIENCE_MS, 'the first request');
		expect(await untilState(ana, 'passcode', 'queued', PATIENCE_MS)).toMatchObject({ reason: null });
		await untilState(ana, 'passcode', 'sent', PATIENCE_MS);
		expect(performance.now() - asked).toBeGreaterThan(3_000);
		const requests = sms.requestsFor(ana.number);
		expect(requests).toHaveLength(2);
		expect(codeIn(ana, 1)).toBe(codeIn(ana, 2));
		expect(await ana.verifies(codeIn(ana, 2))).toMatchObject({ status: 200 });
	});
});

describe.skipIf(!parts.temporal)('a mail server that takes connections and says nothing', () => {
	/** So long that the first user signs in within it, and that mails still hang when the SMS has long arrived. */
	const LIFETIME_MS = 45_000;
	let platform: Platform;
	let mail: Awaited<ReturnType<typeof moodyMailServer>>;
	beforeAll(async () => {
		mail = await moodyMailServer();
		platform = await startPlatform({
			database,
			smtpUrl: mail.smtpUrl,
			policy: { temporaryPasswordLifetimeMs: LIFETIME_MS, passcodeResendAfterMs: 2_000 },
		});
	});
	afterAll(async () => {
		await platform?.stop();
		await mail?.close();
	});

	test('holds up no SMS and no timer', async () => {
		const ana = new Person(platform);
		await ana.registers();
		const text = await eventually(async () => mail.mailsFor(ana.email)[0]?.parsed.text, PATIENCE_MS, 'the mail');
		await ana.signsIn(text.split(/\r?\n/).find((line) => /^([a-z2-9]{4}-){6}[a-z2-9]{4}$/.test(line.trim())) ?? '');
		await ana.changesPassword();
		await ana.scans();
		await ana.confirms();

		mail.set('*', 'hangs');
		const others = Array.from({ length: 30 }, () => new Person(platform));
		for (const person of others) await person.registers();
		await eventually(
			async () => others.some(({ email }) => mail.attemptsFor(email) > 0),
			PATIENCE_MS,
			'an attempt that hangs',
		);

		expect((await ana.givesPhone()).status).toBe(202);
		await ana.readsPasscode();
		await eventually(
			async () => (await standingOf(platform, ana))?.passcode?.anotherMayBeAskedFor,
			PATIENCE_MS,
			'the end of the wait for a resend',
		);
		for (const person of others)
			expect(await messageOf(person, 'temporary-password')).toMatchObject({ state: 'queued' });

		const late = await Promise.all(
			others.map(async (person) => {
				const { temporaryPassword } = await accountOf(person);
				const expired = await eventually(
					async () => {
						const { body } = await person.agent<{ items: EventView[] }>('GET', `/v1/accounts/${person.id}/events`);
						return body.items.find(({ name }) => name === 'temporaryPasswordExpired');
					},
					LIFETIME_MS + PATIENCE_MS,
					'the expiry',
				);
				expect(await messageOf(person, 'temporary-password')).toMatchObject({
					state: 'failed',
					reason: 'not-delivered-in-time',
				});
				return Date.parse(expired.at) - Date.parse(temporaryPassword.expiresAt);
			}),
		);
		console.log(`30 mails hang: expiry noted ${Math.max(...late)} ms after its moment at the latest`);
		expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...late)).toBeLessThan(PATIENCE_MS);
	});
});
