import { Router } from 'express';
import { confirmAuthenticator, drawQrCode, getAuthenticatorKey } from '../../acts/authenticator/authenticator.js';
import type { AuthenticatorKey } from '../../acts/views.js';
import { isRefusal, type Refusal, refuse, statusOf } from '../../domain/refusal.js';
import { withAsciiDigits } from '../http/digits.js';
import type { Fields } from '../http/form.js';
import { CodeField } from '../layout/field.js';
import { Form, Submit } from '../layout/form.js';
import type { Attempt, Done, Page } from '../page.js';
import { PLACES, placeOf } from '../places.js';
import { openVisit, type Pages, type Visit } from '../visit.js';
import { Apps } from './apps.js';
import { Key } from './key.js';

export const mobileTokenPage: Page = {
	place: PLACES.mobileToken,
	step: 'token',
	isFor: ({ me, now }) => placeOf(me, now) === PLACES.mobileToken,
	title: ({ speech }) => speech.words.token.title,
	body: async (visit, attempt) => {
		const authenticator = await getAuthenticatorKey(visit.api, visit.call);
		return isRefusal(authenticator) ? null : (
			<MobileToken visit={visit} attempt={attempt} authenticator={authenticator} />
		);
	},
	acts: { confirm: { run: confirm } },
};

async function confirm({ api, call }: Visit, { code = '' }: Fields): Promise<Done | Refusal> {
	const onboarding = await confirmAuthenticator(api, call, { code: withAsciiDigits(code) });
	return isRefusal(onboarding) ? onboarding : { to: PLACES.phone, token: onboarding.session?.token };
}

/** The QR code as an image of ours: the policy of the pages takes no data URI, and nothing secret stands in its address. */
export function qrCodeRouter(pages: Pages): Router {
	const router = Router({ strict: true, caseSensitive: true });
	router.get(PLACES.qrCode, async (req, res) => {
		const { api, call } = await openVisit(pages, req);
		const key = call.token ? await getAuthenticatorKey(api, call) : refuse('not-signed-in');
		if (isRefusal(key)) res.status(statusOf(key)).end();
		else res.type('svg').send(Buffer.from(await drawQrCode(key.keyUri)));
	});
	return router;
}

interface Shown {
	visit: Visit;
	attempt: Attempt | null;
	authenticator: AuthenticatorKey;
}

function MobileToken({ visit: { speech }, attempt, authenticator }: Shown) {
	const { token, common } = speech.words;
	return (
		<>
			<h1>{token.title}</h1>
			<p class="lead">{token.lead}</p>
			<ol class="guide">
				<li>
					<h2>{token.getApp}</h2>
					<p>{token.getAppText}</p>
					<Apps words={speech.words} />
				</li>
				<li>
					<h2>{token.scan}</h2>
					<p>{token.scanText}</p>
					<div class="scan">
						<img class="qr" src={PLACES.qrCode} width="240" height="240" alt={token.qrCode} />
						<Key words={speech.words} authenticator={authenticator} />
					</div>
				</li>
				<li>
					<h2>{token.enter}</h2>
					<Form action={PLACES.mobileToken} act="confirm">
						<CodeField id="code" label={token.label} hint={token.hint} error={attempt?.trouble.fields.code} />
						<Submit>{common.continue}</Submit>
					</Form>
				</li>
			</ol>
		</>
	);
}
