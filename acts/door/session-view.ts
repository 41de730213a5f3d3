import type { AccountRow, SessionRow } from '../../database/schema.js';
import { nextStep, phoneAskedAgain } from '../../domain/step.js';
import type { Instant } from '../../domain/time.js';
import type { Session } from '../views.js';
import { ASSURANCE_OF_STEP } from './access.js';
import { sessionEndsAt } from './session.js';

/** A session as its user sees it. It contains the token only when the act has just issued it. */
export function sessionView(session: SessionRow, account: AccountRow, now: Instant, token?: string): Session {
	return {
		...(token && { token }),
		step: nextStep(account, now),
		assurance: session.assurance,
		expiresAt: sessionEndsAt(session, account),
		next: nextOf(session, account, now),
	};
}

function nextOf(session: SessionRow, account: AccountRow, now: Instant): Session['next'] {
	const step = nextStep(account, now);
	if (session.assurance !== ASSURANCE_OF_STEP[step]) return 'totp';
	if (step !== 'complete') return step;
	return phoneAskedAgain(account, now) ? 'phone' : null;
}
