import type { Tx } from '../../database/connect.js';
import type { AccountRow, SessionRow } from '../../database/schema.js';
import { rotateSession } from '../../database/sessions.js';
import type { KeyRing } from '../../domain/credentials/keys.js';
import type { Instant } from '../../domain/time.js';
import { sessionView } from '../sign-in/session-view.js';
import type { Assurance, Session } from '../views.js';

/** A session on its way to a higher assurance: `rotate` in the act's transaction, then `view` with the new token. */
export interface Raise {
	rotate(tx: Tx): Promise<void>;
	view(account: AccountRow): Session;
	/** The session as it is by now. */
	session(): SessionRow;
}

export function raise(
	keys: KeyRing,
	session: SessionRow,
	{ assurance, alone }: { assurance: Assurance; alone: boolean },
	now: Instant,
): Raise {
	let raised = session;
	let token: string | undefined;
	return {
		rotate: async (tx) => {
			({ session: raised, token } = await rotateSession(tx, keys, session, { assurance, alone }, now));
		},
		view: (account) => sessionView(raised, account, now, token),
		session: () => raised,
	};
}
