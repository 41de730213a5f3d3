import QRCode from 'qrcode';
import { keyUri } from '../../domain/credentials/totp.js';
import { NOTICE_AFTER_MS } from '../../domain/policy.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { after } from '../../domain/time.js';
import { mayAct } from '../door/access.js';
import type { Api } from '../context.js';
import type { UserCall } from '../door/caller.js';
import { raisedView } from '../onboarding/onboarding.js';
import { raise } from '../door/raise.js';
import { recognizeUser } from '../door/recognize.js';
import { answerTotp, placeOfSecret } from './totp.js';
import { userAct } from '../door/user-act.js';
import type { Authenticator, AuthenticatorKey, Onboarding } from '../views.js';

/** Pixels of the drawing's edge; it scales. */
const QR_WIDTH = 240;
/** Modules of white around the code, as ISO/IEC 18004 asks. */
const QR_MARGIN = 4;

/** The key an app is given, the same until it is confirmed, as text and as a picture. */
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
	const secret = api.keys.open('authenticator', placeOfSecret(account.id), account.authenticatorSecret ?? '');
	const accountName = account.email ?? '';
	return { keyUri: keyUri(secret, accountName, api.totpIssuer), secret, issuer: api.totpIssuer, accountName };
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

/** Confirms the token by its first code; the session becomes a two-factor one and the account's others end. */
export function confirmAuthenticator(
	api: Api,
	call: UserCall,
	{ code }: { code: string },
): Promise<Onboarding | Refusal> {
	return userAct<Onboarding>(api, call, {
		step: 'confirm-authenticator',
		permit: (session, account, now) => mayAct(session, account, 'confirm-authenticator', now),
		decide: (_tx, { account, session, now }) => {
			const outcome = answerTotp(api, account, code, now, true);
			if (!outcome.accepted) return outcome.decision;
			const raised = raise(session, { assurance: 'two-factor', alone: true }, now);
			return {
				effects: {
					changes: {
						...outcome.changes,
						authenticatorConfirmedAt: now,
						noticeDueAt: after(now, NOTICE_AFTER_MS),
					},
					event: { name: 'authenticatorConfirmed' },
					write: raised.rotate,
				},
				view: (changed) => raisedView(api, changed, raised, now),
			};
		},
	});
}
