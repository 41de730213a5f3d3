import { Router } from 'express';
import { confirmAuthenticator, drawQrCode, getAuthenticatorKey } from '../../acts/authenticator/authenticator.js';
import type { AuthenticatorKey } from '../../acts/views.js';
import { isRefusal, refuse, statusOf } from '../../domain/refusal.js';
import { CodeField } from '../kit/fields.js';
import { Form, Submit } from '../kit/form.js';
import { withAsciiDigits } from '../kit/http/digits.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, Page } from '../kit/page.js';
import { nextPath, PATHS } from '../kit/paths.js';
import { refuseOtherMethodsOf } from '../kit/router.js';
import { openVisit, type Pages, type Visit } from '../kit/visit.js';
import { Apps } from './apps.js';
import { Key } from './key.js';

export const mobileTokenPage: Page = {
	path: PATHS.mobileToken,
	isFor: ({ me, now }) => nextPath(me, now) === PATHS.mobileToken,
	show: async (visit, entry) => {
		const authenticator = await getAuthenticatorKey(visit.api, visit.call);
		if (isRefusal(authenticator)) return authenticator;
		return {
			title: visit.speech.words.token.title,
			step: 'token',
			body: <MobileToken visit={visit} entry={entry} authenticator={authenticator} />,
		};
	},
	acts: { confirm: { run: confirm } },
};

async function confirm({ api, call }: Visit, { code = '' }: Fields): Promise<Answer> {
	const onboarding = await confirmAuthenticator(api, call, { code: withAsciiDigits(code) });
	return isRefusal(onboarding) ? onboarding : { to: PATHS.phone, token: onboarding.session?.token };
}

/** Serves the QR code as an image: the pages' policy allows no data URI, and the image's address contains no secret. */
export function qrCodeRouter(pages: Pages): Router {
	const router = Router({ strict: true, caseSensitive: true });
	router.get(PATHS.qrCode, async (req, res) => {
		const { api, call } = await openVisit(pages, req);
		const key = call.token ? await getAuthenticatorKey(api, call) : refuse('not-signed-in');
		if (isRefusal(key)) res.status(statusOf(key)).end();
		else res.type('svg').send(Buffer.from(await drawQrCode(key.keyUri)));
	});
	refuseOtherMethodsOf(pages, router);
	return router;
}

interface Shown {
	visit: Visit;
	entry: Entry | null;
	authenticator: AuthenticatorKey;
}

function MobileToken({ visit: { speech }, entry, authenticator }: Shown) {
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
						<img class="qr" src={PATHS.qrCode} width="240" height="240" alt={token.qrCode} />
						<Key words={speech.words} authenticator={authenticator} />
					</div>
				</li>
				<li>
					<h2>{token.enter}</h2>
					<Form action={PATHS.mobileToken} act="confirm">
						<CodeField id="code" label={token.label} hint={token.hint} entry={entry} />
						<Submit>{common.continue}</Submit>
					</Form>
				</li>
			</ol>
		</>
	);
}
