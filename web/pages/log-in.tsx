import { setLocale } from '../../acts/accounts/locale.js';
import { getProfile } from '../../acts/accounts/profile.js';
import { signIn } from '../../acts/sign-in/sign-in.js';
import { isRefusal } from '../../domain/refusal.js';
import { EmailField, PasswordField } from '../kit/fields.js';
import { Form, Submit } from '../kit/form.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, Page } from '../kit/page.js';
import { nextPath, PATHS } from '../kit/paths.js';
import type { Visit } from '../kit/visit.js';
import { Expired } from './expired.js';

export const logInPage: Page = {
	path: PATHS.logIn,
	isFor: ({ me }) => me === null,
	show: (visit, entry) => {
		const { words } = visit.speech;
		return entry?.refusal?.refusal === 'temporary-password-expired'
			? { title: words.expired.title, body: <Expired visit={visit} />, speaksForItself: true }
			: { title: words.logIn.title, body: <LogIn visit={visit} entry={entry} /> };
	},
	acts: {
		'log-in': { required: { email: 'email-missing', password: 'password-missing' }, run: logIn },
	},
};

async function logIn(visit: Visit, { email = '', password = '' }: Fields): Promise<Answer> {
	const session = await signIn(visit.api, visit.call, { email, password });
	if (isRefusal(session)) return session;
	const call = { ...visit.call, token: session.token };
	// A language chosen before the log-in becomes the user's choice.
	if (visit.chosenLanguage) await setLocale(visit.api, call, { locale: visit.chosenLanguage });
	const me = await getProfile(visit.api, call);
	const language = visit.chosenLanguage ? null : undefined;
	return { to: isRefusal(me) ? PATHS.home : nextPath(me, visit.now), token: session.token, language };
}

function LogIn({ visit, entry }: { visit: Visit; entry: Entry | null }) {
	const { words, lasting } = visit.speech;
	return (
		<div class="card narrow">
			<h1>{words.logIn.title}</h1>
			<p class="lead">{words.logIn.lead}</p>
			<Form action={PATHS.logIn} act="log-in">
				<EmailField id="email" label={words.logIn.email} entry={entry} autocomplete="username" />
				<PasswordField
					id="password"
					label={words.logIn.password}
					hint={words.logIn.hint(lasting(visit.api.policy.temporaryPasswordLifetimeMs))}
					entry={entry}
					words={words}
					autocomplete="current-password"
				/>
				<Submit>{words.common.continue}</Submit>
			</Form>
		</div>
	);
}
