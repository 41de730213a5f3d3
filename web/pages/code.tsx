import { getProfile } from '../../acts/accounts/profile.js';
import { verifyTotp } from '../../acts/sign-in/sign-in.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { withAsciiDigits } from '../http/digits.js';
import type { Fields } from '../http/form.js';
import { Contact } from '../layout/contact.js';
import { CodeField } from '../layout/field.js';
import { Form, Submit } from '../layout/form.js';
import type { Attempt, Done, Page } from '../page.js';
import { PLACES, placeOf } from '../places.js';
import { isolate, say } from '../say.js';
import type { Visit } from '../visit.js';

export const codePage: Page = {
	place: PLACES.code,
	isFor: ({ me }) => me?.session.next === 'totp',
	title: ({ speech }) => speech.words.code.title,
	body: (visit, attempt) => <Code visit={visit} attempt={attempt} />,
	acts: { verify: { run: verify } },
};

async function verify(visit: Visit, { code = '' }: Fields): Promise<Done | Refusal> {
	const session = await verifyTotp(visit.api, visit.call, { code: withAsciiDigits(code) });
	if (isRefusal(session)) return session;
	const me = await getProfile(visit.api, { ...visit.call, token: session.token ?? visit.call.token });
	return { to: isRefusal(me) ? PLACES.home : placeOf(me, visit.now), token: session.token };
}

function Code({ visit: { speech, options }, attempt }: { visit: Visit; attempt: Attempt | null }) {
	const { code, common } = speech.words;
	const contact = <Contact contact={options.supportContact} text={isolate(speech.words, options.supportContact)} />;
	return (
		<div class="card narrow">
			<h1>{code.title}</h1>
			<p class="lead">{code.lead}</p>
			<Form action={PLACES.code} act="verify">
				<CodeField id="code" label={code.label} hint={code.hint} error={attempt?.trouble.fields.code} />
				<Submit>{common.continue}</Submit>
			</Form>
			<details class="more">
				<summary>{code.lost}</summary>
				<p>{say(code.lostText, contact)}</p>
			</details>
		</div>
	);
}
