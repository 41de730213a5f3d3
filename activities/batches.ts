import { ApplicationFailure } from '@temporalio/common';
import { registerNextRow } from '../acts/batches/register-row.js';
import { findBatch, noteProgress } from '../database/batches.js';
import type { ActivityDependencies } from './dependencies.js';
import type { BatchActivities } from './types.js';

type Needs = Pick<ActivityDependencies, 'db' | 'clock' | 'keys' | 'policy'>;

/** What the workflow of a batch asks for. */
export function createBatches(context: Needs): BatchActivities {
	const { db, clock } = context;
	return {
		async registerRows({ batchId, limit }) {
			const batch = await findBatch(db, batchId);
			if (!batch) throw ApplicationFailure.nonRetryable('There is no such batch.', 'BatchMissing');
			const accountIds: string[] = [];
			let taken = 0;
			while (accountIds.length + taken < limit) {
				const row = await registerNextRow(context, batch);
				if (row.outcome === 'none') break;
				if (row.outcome === 'taken') taken += 1;
				else accountIds.push(row.accountId);
			}
			const { waiting, stopped } = await noteProgress(db, batchId, clock.now());
			return {
				accountIds,
				waiting,
				...(stopped > 0 && { stopped }),
				rowCount: batch.rowCount,
				rowsPerSecond: batch.rowsPerSecond,
			};
		},
	};
}
