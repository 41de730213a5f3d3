import { getProfile } from '../../acts/accounts/profile.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Fields } from '../http/form.js';
import { PasswordField, TextField } from '../layout/field.js';
import { Form, Submit } from '../layout/form.js';
import type { Attempt, Done, Page } from '../page.js';
import { PLACES, placeOf } from '../places.js';
import type { Visit } from '../visit.js';
import { Expired } from './expired.js';

export const logInPage: Page = {
	place: PLACES.logIn,
	isFor: ({ me }) => me === null,
	title: ({ speech: { words } }, attempt) => (isExpired(attempt) ? words.expired.title : words.logIn.title),
	body: (visit, attempt) =>
		isExpired(attempt) ? <Expired visit={visit} /> : <LogIn visit={visit} attempt={attempt} />,
	tells: isExpired,
	acts: {
		'log-in': { required: { email: 'email-missing', password: 'password-missing' }, run: logIn },
	},
};

function isExpired(attempt: Attempt | null): boolean {
	return attempt?.refusal.refusal === 'temporary-password-expired';
}

async function logIn(visit: Visit, { email = '', password = '' }: Fields): Promise<Done | Refusal> {
	const session = await signIn(visit.api, visit.call, { email, password });
	if (isRefusal(session)) return session;
	const me = await getProfile(visit.api, { ...visit.call, token: session.token });
	return { to: isRefusal(me) ? PLACES.home : placeOf(me, visit.now), token: session.token };
}

function LogIn({ visit, attempt }: { visit: Visit; attempt: Attempt | null }) {
	const { words, lasting } = visit.speech;
	const wrong = attempt?.trouble.fields;
	return (
		<div class="card narrow">
			<h1>{words.logIn.title}</h1>
			<p class="lead">{words.logIn.lead}</p>
			<Form action={PLACES.logIn} act="log-in">
				<TextField
					id="email"
					label={words.logIn.email}
					error={wrong?.email}
					input={{
						type: 'email',
						autocomplete: 'username',
						autocapitalize: 'off',
						spellcheck: false,
						dir: 'ltr',
						value: attempt?.fields.email ?? '',
					}}
				/>
				<PasswordField
					id="password"
					label={words.logIn.password}
					hint={words.logIn.hint(lasting(visit.api.policy.temporaryPasswordLifetimeMs))}
					error={wrong?.password}
					words={words}
					autocomplete="current-password"
				/>
				<Submit>{words.common.continue}</Submit>
			</Form>
		</div>
	);
}
