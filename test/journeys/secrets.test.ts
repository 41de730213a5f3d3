import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onboardingWorkflowId } from '../../workflows/messages.js';
import { DATABASES } from '../setup/databases.js';
import { eventually, Person } from './person.js';
import { AGENT_KEY, type Platform, startPlatform } from './platform.js';
import { dumpDatabase, dumpTemporal, findTraces, type Wanted } from './traces.js';

const POLICY = { passcodeResendAfterMs: 1, passcodeResendAfterMaxMs: 1, passcodesPerDay: 20, passcodeAttempts: 3 };

test('the search finds a trace in each spelling', () => {
	const wanted = [{ name: 'it', value: 'S3cret-value' }];
	const hidden = Buffer.from('xxS3cret-valuexx');
	expect(findTraces(hidden, wanted)).toEqual([{ name: 'it', spelling: 'raw' }]);
	expect(findTraces(Buffer.from(hidden.toString('hex')), wanted)).toEqual([{ name: 'it', spelling: 'hex' }]);
	for (const shift of ['', 'a', 'ab']) {
		const spelled = Buffer.from(Buffer.from(`${shift}S3cret-value!`).toString('base64'));
		expect(findTraces(spelled, wanted)).toEqual([{ name: 'it', spelling: 'base64' }]);
	}
	expect(findTraces(Buffer.from('code 123456.'), [{ name: 'code', value: '123456' }])).toHaveLength(1);
});

describe.each(DATABASES.filter(({ missing }) => !missing))('no secret is left behind, on $name', ({ open }) => {
	let platform: Platform;
	const people: Person[] = [];
	beforeAll(async () => {
		platform = await startPlatform({ database: open, policy: POLICY });
		people.push(
			await happy(),
			await deferred(),
			await stumbling(),
			await reissued(),
			await erased(),
			await undelivered(),
		);
	});
	afterAll(() => platform.stop());

	async function person(): Promise<Person> {
		return new Person(platform);
	}
	async function happy() {
		const ana = await person();
		await ana.onboards();
		return ana;
	}
	async function deferred() {
		const ana = await person();
		await ana.untilPhone();
		await ana.givesPhone();
		await ana.readsPasscode();
		await ana.defers();
		return ana;
	}
	/** Every refusal there is on the way. */
	async function stumbling() {
		const ana = await person();
		await ana.registers();
		await ana.signsIn(await ana.readsTemporaryPassword());
		ana.secrets.push('a wrong password of a user');
		await ana.signsIn('a wrong password of a user');
		await ana.acts('PUT', '/v1/onboarding/password', { password: ana.temporaryPassword });
		await ana.changesPassword();
		await ana.scans();
		await ana.confirms('000000');
		await ana.confirms();
		await ana.givesPhone('+351 000');
		await ana.givesPhone();
		const first = await ana.readsPasscode();
		await ana.acts('POST', '/v1/onboarding/phone/passcode');
		await ana.verifies(first);
		const second = await ana.readsPasscode(2);
		const wrong = second === '111111' ? '222222' : '111111';
		for (let n = 0; n < 3; n += 1) await ana.verifies(wrong);
		await ana.acts('POST', '/v1/onboarding/phone/passcode');
		await ana.verifies(await ana.readsPasscode(3));
		return ana;
	}
	async function reissued() {
		const ana = await person();
		await ana.registers();
		await ana.readsTemporaryPassword();
		await ana.agent('POST', `/v1/accounts/${ana.id}/temporary-password`, { reason: 'the user asked' });
		await eventually(async () => (await ana.messages('email')).length > 1);
		ana.secrets.push(await ana.readsTemporaryPassword(2));
		await ana.signsIn(await ana.readsTemporaryPassword(1));
		return ana;
	}
	async function erased() {
		const ana = await person();
		await ana.untilPhone();
		await ana.agent('DELETE', `/v1/accounts/${ana.id}`);
		return ana;
	}
	/** Providers that fail say what they were given. */
	async function undelivered() {
		const ana = await person();
		await ana.untilPhone();
		await platform.inbox.twilio.stop();
		await ana.givesPhone();
		await eventually(async () => platform.logged().includes('SMS trouble'));
		return ana;
	}

	const wanted = (): Wanted[] => [
		{ name: 'API key', value: AGENT_KEY },
		...people.flatMap((ana, n) =>
			[...new Set(ana.secrets)].map((value, k) => ({ name: `secret ${k} of person ${n}`, value })),
		),
	];
	const personal = (): Wanted[] =>
		people.flatMap(({ email, number }, n) => [
			{ name: `e-mail of person ${n}`, value: email },
			{ name: `number of person ${n}`, value: number.slice(1) },
			{ name: `name of person ${n}`, value: 'Ana Prado' },
		]);

	test('S-46 S-47 Temporal holds no secret and no personal data', async () => {
		const ids = people.map(({ id }) => onboardingWorkflowId(id));
		const dump = await dumpTemporal(platform.temporal.client, ids);
		expect(dump.toString('latin1')).toContain('authenticatorConfirmed');
		expect(findTraces(dump, [...wanted(), ...personal()])).toEqual([]);
	});

	test('S-46 S-47 the logs hold no secret and no personal data', () => {
		const logs = Buffer.from(platform.logged());
		expect(logs.toString()).toContain('/v1/onboarding');
		expect(findTraces(logs, [...wanted(), ...personal()])).toEqual([]);
	});

	test('S-18c S-47 the database holds no secret in clear', async () => {
		const dump = await dumpDatabase(platform.db);
		expect(findTraces(dump, [{ name: 'a mail', value: people[0]?.email ?? '' }])).toHaveLength(1);
		expect(findTraces(dump, wanted())).toEqual([]);
	});

	test('the database holds no personal data of an erased account', async () => {
		const [, , , , gone] = people;
		const dump = await dumpDatabase(platform.db);
		const their = [
			{ name: 'e-mail', value: gone?.email ?? '' },
			{ name: 'number', value: gone?.number.slice(1) ?? '' },
		];
		expect(dump.toString()).toContain(gone?.id ?? 'nobody');
		expect(findTraces(dump, their)).toEqual([]);
	});
});
