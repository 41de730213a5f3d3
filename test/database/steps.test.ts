import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealMessages } from '../../acts/door/messages.js';
import type { Db } from '../../database/connect.js';
import type { MessageRow, NewAccount } from '../../database/schema.js';
import { needs, standsAt } from '../../database/steps.js';
import { EMAIL_DELAYED_AFTER_MS } from '../../domain/policy.js';
import { ATTENTIONS, type AttentionFacts, attentionOf, nextStep, STEPS } from '../../domain/step.js';
import { after, DAY_MS, type Instant } from '../../domain/time.js';
import { DATABASES } from '../setup/databases.js';
import { openDatabase } from './open-database.js';
import { accountRow, keys, NOW } from './rows.js';

/** Long ago, a millisecond ago, now, in a millisecond, far ahead. */
const MOMENTS = [-1e9, -1, 0, 1, 1e9].map((ms) => after(NOW, ms));
const NULLABLE = [
	'passwordChangedAt',
	'authenticatorConfirmedAt',
	'phoneVerifiedAt',
	'phoneDeferredUntil',
	'emailFailedAt',
	'emailDelayedAt',
	'smsFailedAt',
	'lockedAt',
	'underAttackAt',
	'frozenAt',
] as const;

/** Every combination of set and not set, with the deadline just before, at and just after now. */
function everyCombination(): AttentionFacts[] {
	return [-1, 0, 1].flatMap((ms) =>
		Array.from({ length: 2 ** NULLABLE.length }, (_, bits) => {
			const facts = NULLABLE.map((name, i) => [name, bits & (1 << i) ? after(NOW, -5) : null]);
			return { temporaryPasswordExpiresAt: after(NOW, ms), ...Object.fromEntries(facts) } as AttentionFacts;
		}),
	);
}

const moment = fc.constantFrom(...MOMENTS);
const someFacts: fc.Arbitrary<AttentionFacts> = fc.record({
	temporaryPasswordExpiresAt: moment,
	...(Object.fromEntries(NULLABLE.map((name) => [name, fc.option(moment)])) as Record<
		(typeof NULLABLE)[number],
		fc.Arbitrary<Instant | null>
	>),
});

/** What an account's mail that counts as delayed from that moment on left: itself, and one that did not wait. */
function mailOf(accountId: string, delayedAt: Instant): MessageRow[] {
	const createdAt = after(delayedAt, -EMAIL_DELAYED_AFTER_MS);
	const about = {
		accountId,
		channel: 'email',
		template: 'phone-reminder',
		recipient: 'a@b.example',
		params: {},
	} as const;
	const mail = () => sealMessages(keys, [{ ...about, giveUpAt: after(createdAt, DAY_MS) }], createdAt);
	return [...mail(), ...mail().map((row) => ({ ...row, state: 'sent' as const, createdAt: after(createdAt, -1) }))];
}

/** As a `where` takes it: unknown is not true. */
function holds(predicate: RawBuilder<boolean>): RawBuilder<boolean> {
	return sql`(${predicate} is true)`;
}

describe.each(DATABASES.filter(({ missing }) => !missing))('the step in SQL, on $name', ({ open }) => {
	let db: Db;
	let close: () => Promise<void>;
	beforeAll(async () => {
		({ db, close } = await openDatabase(open));
	});
	afterAll(() => close());

	/** Stores the facts as accounts of their own and compares what SQL says of each with what the domain says. */
	async function agree(all: AttentionFacts[]): Promise<void> {
		const rows: NewAccount[] = all.map(({ emailDelayedAt: _, ...facts }) =>
			accountRow({ ...facts, temporaryPasswordExpiresAt: facts.temporaryPasswordExpiresAt ?? NOW }),
		);
		const owed = all.flatMap(({ emailDelayedAt }, i) =>
			emailDelayedAt ? mailOf(rows[i]?.id ?? '', emailDelayedAt) : [],
		);
		for (let i = 0; i < rows.length; i += 500) {
			await db
				.insertInto('accounts')
				.values(rows.slice(i, i + 500))
				.execute();
		}
		for (let i = 0; i < owed.length; i += 500) {
			await db
				.insertInto('messages')
				.values(owed.slice(i, i + 500))
				.execute();
		}
		const said = await db
			.selectFrom('accounts')
			.select('id')
			.select(STEPS.map((step) => holds(standsAt(step, NOW)).as(`step ${step}`)))
			.select(ATTENTIONS.map((attention) => holds(needs(attention, NOW)).as(`needs ${attention}`)))
			.select(holds(needs('any', NOW)).as('needs any'))
			.execute();
		const inSql = new Map(said.map(({ id, ...answers }) => [id, answers]));
		for (const [i, facts] of all.entries()) {
			const attention = attentionOf(facts, NOW);
			const expected = {
				...Object.fromEntries(STEPS.map((step) => [`step ${step}`, step === nextStep(facts, NOW)])),
				...Object.fromEntries(ATTENTIONS.map((one) => [`needs ${one}`, one === attention])),
				'needs any': attention !== null,
			};
			expect(inSql.get(rows[i]?.id ?? ''), JSON.stringify(facts)).toEqual(expected);
		}
	}

	test('says of every combination of facts what the domain says', async () => {
		await agree(everyCombination());
	});

	test('says so of facts dated before, at and after now', async () => {
		await agree(fc.sample(someFacts, 3_000));
	});
});
