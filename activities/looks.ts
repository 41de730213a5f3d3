import { ApplicationFailure } from '@temporalio/common';
import { expireTemporaryPassword, giveUpMessages, remindOfPhone } from '../acts/time/time.js';
import { lookAtFacts } from '../database/facts.js';
import type { Facts } from '../domain/facts.js';
import type { ActivityDependencies } from './dependencies.js';
import type { AboutAccount, Activities } from './types.js';

type Looks = Pick<Activities, 'loadFacts' | 'expireTemporaryPassword' | 'remindOfPhone' | 'giveUpMessages'>;

/** The acts of time that the workflow asks for, each followed by a look at the facts. */
export function createLooks(context: Pick<ActivityDependencies, 'db' | 'clock' | 'keys' | 'policy'>): Looks {
	const { db, clock } = context;

	async function loadFacts({ accountId }: AboutAccount): Promise<Facts> {
		const facts = await lookAtFacts(db, accountId, clock.now());
		if (!facts) throw ApplicationFailure.nonRetryable('There is no such account.', 'AccountMissing');
		return facts;
	}

	const thenLook = (act: typeof remindOfPhone) => async (about: AboutAccount) => {
		await act(context, about.accountId);
		return loadFacts(about);
	};

	return {
		loadFacts,
		expireTemporaryPassword: thenLook(expireTemporaryPassword),
		remindOfPhone: thenLook(remindOfPhone),
		giveUpMessages: thenLook(giveUpMessages),
	};
}
