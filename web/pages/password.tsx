import { setPassword } from '../../acts/password/password.js';
import { isRefusal } from '../../domain/refusal.js';
import { PasswordField } from '../kit/fields.js';
import { Form, Submit } from '../kit/form.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, Page } from '../kit/page.js';
import { nextPath, PATHS } from '../kit/paths.js';
import { isolate, say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import type { Visit } from '../kit/visit.js';

export const passwordPage: Page = {
	path: PATHS.password,
	isFor: ({ me, now }) => nextPath(me, now) === PATHS.password,
	show: (visit, entry) => ({
		title: visit.speech.words.password.title,
		step: 'password',
		body: <Password visit={visit} entry={entry} />,
	}),
	acts: { change: { required: { password: 'password-missing' }, run: change } },
};

async function change({ api, call }: Visit, { password = '' }: Fields): Promise<Answer> {
	const onboarding = await setPassword(api, call, { password });
	return isRefusal(onboarding) ? onboarding : { to: PATHS.mobileToken, token: onboarding.session?.token };
}

function Password({ visit, entry }: { visit: Visit; entry: Entry | null }) {
	const { speech, me, api, options } = visit;
	const { password, common } = speech.words;
	const until = me?.onboarding.temporaryPasswordExpiresAt;
	return (
		<>
			<h1>{password.title}</h1>
			<p class="lead">{password.lead}</p>
			<Form action={PATHS.password} act="change">
				{/* Tells password managers whose password this is. */}
				<input
					class="unseen"
					type="email"
					name="username"
					autocomplete="username"
					value={me?.email}
					readOnly
					tabIndex={-1}
					aria-hidden="true"
				/>
				<PasswordField
					id="password"
					label={password.label}
					hint={
						<>
							<span class="rules-title">{password.rules}</span>
							<span class="rule">{password.length(speech.number(api.policy.passwordLengthMin))}</span>
							<span class="rule">{password.notYours(isolate(speech.words, options.productName))}</span>
							<span class="rule">{password.notCommon}</span>
						</>
					}
					entry={entry}
					words={speech.words}
					autocomplete="new-password"
				/>
				<Submit>{common.continue}</Submit>
			</Form>
			{until && <p class="aside">{say(password.until, <Time speech={speech} at={until} style="moment" />)}</p>}
		</>
	);
}
