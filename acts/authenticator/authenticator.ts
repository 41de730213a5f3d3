import { randomUUID } from 'node:crypto';
import QRCode from 'qrcode';
import { addPendingAuthenticator, findPendingAuthenticator } from '../../database/authenticators.js';
import { insertEvents } from '../../database/events.js';
import type { AuthenticatorRow, SessionRow } from '../../database/schema.js';
import type { Place } from '../../domain/credentials/keys.js';
import { keyUri, mintTotpSecret } from '../../domain/credentials/totp.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import type { Api } from '../context.js';
import { mayAct } from '../door/access.js';
import type { UserCall } from '../door/caller.js';
import { authenticatorNotice } from '../door/notices.js';
import { recognizeUser } from '../door/recognize.js';
import { raiseSession } from '../door/session.js';
import { changed } from '../door/settle.js';
import { userAct } from '../door/user-act.js';
import { raisedView } from '../onboarding/onboarding.js';
import { networkDigest } from '../sign-in/networks.js';
import type { Authenticator, AuthenticatorKey, Onboarding } from '../views.js';
import { answerTotp, placeOfSecret } from './totp.js';

/** Pixels of the drawing's edge; it scales. */
const QR_WIDTH = 240;
/** Modules of white around the code, as ISO/IEC 18004 asks. */
const QR_MARGIN = 4;

/** The key an app is given, the same in this session until it is confirmed, as text and as a picture. */
export async function getAuthenticator(api: Api, call: UserCall): Promise<Authenticator | Refusal> {
	const key = await getAuthenticatorKey(api, call);
	if (isRefusal(key)) return key;
	const svg = Buffer.from(await drawQrCode(key.keyUri)).toString('base64');
	return { ...key, qrCode: `data:image/svg+xml;base64,${svg}` };
}

/** The same for whom the text is enough: drawing is most of the work. */
export async function getAuthenticatorKey(api: Api, call: UserCall): Promise<AuthenticatorKey | Refusal> {
	const asker = await recognizeUser(api, call);
	if (isRefusal(asker)) return asker;
	const { account, session, now } = asker;
	const refusal = mayAct(session, account, 'confirm-authenticator', now);
	if (refusal) return refusal;
	const pending = (await findPendingAuthenticator(api.db, session.id)) ?? (await showFirst(api, call, session, now));
	if (!pending) return refuse('not-signed-in');
	const secret = openPending(api, pending);
	const accountName = account.email ?? '';
	return { keyUri: keyUri(secret, accountName, api.totpIssuer), secret, issuer: api.totpIssuer, accountName };
}

/**
 * Makes the secret of a session that has not been shown one, and writes down that it was shown. Each session has its own:
 * a shared one would give a thief of the password a copy of the user's token. Null when the session has just ended.
 */
async function showFirst(
	api: Api,
	call: UserCall,
	session: SessionRow,
	now: Instant,
): Promise<AuthenticatorRow | null> {
	const { accountId, id: sessionId } = session;
	const row = { id: randomUUID(), accountId, sessionId, createdAt: now };
	const secret = api.keys.seal('authenticator', placeOfPending(row), mintTotpSecret());
	await api.db.transaction().execute(async (tx) => {
		const event = { accountId, name: 'authenticatorShown', actor: 'user', at: now, source: call.source } as const;
		if (await addPendingAuthenticator(tx, { ...row, secret })) await insertEvents(tx, [event]);
	});
	return findPendingAuthenticator(api.db, sessionId);
}

function openPending({ keys }: Pick<Api, 'keys'>, pending: AuthenticatorRow): string {
	return keys.open('authenticator', placeOfPending(pending), pending.secret);
}

/** Bound to its session too: moved to another one, it would give its user a token that the first one's holder has a copy of. */
function placeOfPending({ id, accountId, sessionId }: Pick<AuthenticatorRow, 'id' | 'accountId' | 'sessionId'>): Place {
	return { table: 'authenticators', rowId: `${sessionId}/${id}`, accountId };
}

/** A key URI as an SVG image: black on white, with its quiet zone. */
export function drawQrCode(uri: string): Promise<string> {
	return QRCode.toString(uri, {
		type: 'svg',
		errorCorrectionLevel: 'M',
		margin: QR_MARGIN,
		width: QR_WIDTH,
	});
}

/**
 * Confirms the token by its first code; the session becomes a two-factor one, and the account's others end with the
 * secrets that were shown in them.
 */
export function confirmAuthenticator(
	api: Api,
	call: UserCall,
	{ code }: { code: string },
): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		step: 'confirm-authenticator',
		permit: (session, account, now) => mayAct(session, account, 'confirm-authenticator', now),
		decide: async (tx, { account, session, now }) => {
			const pending = await findPendingAuthenticator(tx, session.id);
			const secret = pending && openPending(api, pending);
			const outcome = answerTotp(api, account, { typed: code, secret, hint: true }, now);
			if (!outcome.accepted) return outcome.refused;
			const changes = {
				...outcome.changes,
				authenticatorSecret: api.keys.seal('authenticator', placeOfSecret(account.id), secret ?? ''),
				authenticatorConfirmedAt: now,
			};
			const raised = raiseSession(api.keys, session, { assurance: 'two-factor', alone: true }, now);
			return {
				answer: raisedView(api, changed(account, changes), raised, now),
				write: {
					account: changes,
					event: { name: 'authenticatorConfirmed' },
					messages: [authenticatorNotice(account, now)],
					rows: [
						{ endPendingAuthenticators: 'all' },
						raised.change,
						{ rememberNetwork: networkDigest(api, account, call.source) },
					],
				},
			};
		},
	});
}
