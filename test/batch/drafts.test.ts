import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listBatches, startBatch } from '../../acts/batches/batches.js';
import { getDraft, keepDraft } from '../../acts/batches/drafts.js';
import { removeExpired } from '../../database/expired.js';
import { BATCH_DRAFT_LIFETIME_MS, BATCH_DRAFTS_PER_AGENT } from '../../domain/policy.js';
import { type Acts, agent, ok, openActs, refused, someEmail } from '../acts/acts.js';
import { DATABASES } from '../setup/databases.js';

const LIST = 'ana@example.com;Ana';

describe.each(DATABASES)('a list that waits for its agent on $name', ({ open, missing }) => {
	if (missing) return test.skip('not on this machine', () => {});
	let acts: Acts;
	beforeAll(async () => {
		acts = await openActs(open);
	});
	afterAll(() => acts.stop());

	test('is there for the agent who gave it, and for no other', async () => {
		const id = await keepDraft(acts.api, agent, LIST);
		expect(await getDraft(acts.api, agent, id)).toMatchObject({ list: LIST, batchId: null });
		expect(await getDraft(acts.api, { ...agent, agent: 'another' }, id)).toBeNull();
		for (const wrong of [randomUUID(), '', '__proto__', 'a\u0000b']) {
			expect(await getDraft(acts.api, agent, wrong)).toBeNull();
		}
	});

	test('becomes one batch at most, and is forgotten then', async () => {
		const draftId = await keepDraft(acts.api, agent, LIST);
		const people = [{ email: someEmail() }];
		const before = (await listBatches(acts.api)).length;
		const batch = ok(await startBatch(acts.api, agent, { people, draftId }));
		expect(await getDraft(acts.api, agent, draftId)).toMatchObject({ list: null, batchId: batch.id });
		expect(refused(await startBatch(acts.api, agent, { people, draftId })).refusal).toBe('already-done');
		expect(await listBatches(acts.api)).toHaveLength(before + 1);
	});

	test('makes room for newer ones of the same agent', async () => {
		const first = await keepDraft(acts.api, agent, LIST);
		const others = await keepDraft(acts.api, { ...agent, agent: 'another' }, LIST);
		for (let n = 0; n < BATCH_DRAFTS_PER_AGENT; n += 1) {
			acts.clock.pass(1_000);
			await keepDraft(acts.api, agent, LIST);
		}
		expect(await getDraft(acts.api, agent, first)).toBeNull();
		expect(await getDraft(acts.api, { ...agent, agent: 'another' }, others)).not.toBeNull();
	});

	test('is gone after an hour', async () => {
		const id = await keepDraft(acts.api, agent, LIST);
		acts.clock.pass(BATCH_DRAFT_LIFETIME_MS);
		expect(await getDraft(acts.api, agent, id)).toBeNull();
		await removeExpired(acts.db, acts.api.policy, acts.clock.now());
		expect(await acts.db.selectFrom('batchDrafts').select('id').execute()).toEqual([]);
	});
});
