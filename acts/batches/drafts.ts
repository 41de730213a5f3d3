import { randomUUID } from 'node:crypto';
import { findDraft, insertDraft } from '../../database/batch-drafts.js';
import type { BatchDraftRow } from '../../database/schema.js';
import { BATCH_DRAFT_LIFETIME_MS } from '../../domain/policy.js';
import { after } from '../../domain/time.js';
import { isUuid } from '../../domain/uuid.js';
import type { Api } from '../context.js';
import type { AgentCall } from '../door/caller.js';

/** Keeps a list while its agent reviews it. Returns the draft's id. */
export async function keepDraft(api: Api, { agent: createdBy }: AgentCall, list: string): Promise<string> {
	const id = randomUUID();
	const expiresAt = after(api.clock.now(), BATCH_DRAFT_LIFETIME_MS);
	const draft = { id, createdBy, list, batchId: null, expiresAt };
	await api.db.transaction().execute((tx) => insertDraft(tx, draft));
	return id;
}

/** The agent's own draft: its list, or the batch that it became. Null when it has expired or does not exist. */
export async function getDraft(api: Api, { agent: createdBy }: AgentCall, id: string): Promise<BatchDraftRow | null> {
	return isUuid(id) ? findDraft(api.db, { id, createdBy }, api.clock.now()) : null;
}
