import { getProfile } from '../../acts/accounts/profile.js';
import { verifyTotp } from '../../acts/sign-in/sign-in.js';
import { isRefusal } from '../../domain/refusal.js';
import { Contact } from '../kit/contact.js';
import { CodeField } from '../kit/fields.js';
import { Form, Submit } from '../kit/form.js';
import { withAsciiDigits } from '../kit/http/digits.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, Page } from '../kit/page.js';
import { nextPath, PATHS } from '../kit/paths.js';
import { isolate, say } from '../kit/say.js';
import type { Visit } from '../kit/visit.js';

export const codePage: Page = {
	path: PATHS.code,
	isFor: ({ me }) => me?.session.next === 'totp',
	show: (visit, entry) => ({
		title: visit.speech.words.code.title,
		body: <Code visit={visit} entry={entry} />,
	}),
	acts: { verify: { run: verify } },
};

async function verify(visit: Visit, { code = '' }: Fields): Promise<Answer> {
	const session = await verifyTotp(visit.api, visit.call, { code: withAsciiDigits(code) });
	if (isRefusal(session)) return session;
	const me = await getProfile(visit.api, { ...visit.call, token: session.token ?? visit.call.token });
	return { to: isRefusal(me) ? PATHS.home : nextPath(me, visit.now), token: session.token };
}

function Code({ visit: { speech, options }, entry }: { visit: Visit; entry: Entry | null }) {
	const { code, common } = speech.words;
	const contact = <Contact contact={options.supportContact} text={isolate(speech.words, options.supportContact)} />;
	return (
		<div class="card narrow">
			<h1>{code.title}</h1>
			<p class="lead">{code.lead}</p>
			<Form action={PATHS.code} act="verify">
				<CodeField id="code" label={code.label} hint={code.hint} entry={entry} />
				<Submit>{common.continue}</Submit>
			</Form>
			<details class="more">
				<summary>{code.lost}</summary>
				<p>{say(code.lostText, contact)}</p>
			</details>
		</div>
	);
}
