import { setPassword } from '../../acts/password/password.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Fields } from '../http/form.js';
import { PasswordField } from '../layout/field.js';
import { Form, Submit } from '../layout/form.js';
import { Time } from '../layout/time.js';
import type { Attempt, Done, Page } from '../page.js';
import { PLACES, placeOf } from '../places.js';
import { isolate, say } from '../say.js';
import type { Visit } from '../visit.js';

export const passwordPage: Page = {
	place: PLACES.password,
	step: 'password',
	isFor: ({ me, now }) => placeOf(me, now) === PLACES.password,
	title: ({ speech }) => speech.words.password.title,
	body: (visit, attempt) => <Password visit={visit} attempt={attempt} />,
	acts: { change: { required: { password: 'password-missing' }, run: change } },
};

async function change({ api, call }: Visit, { password = '' }: Fields): Promise<Done | Refusal> {
	const onboarding = await setPassword(api, call, { password });
	return isRefusal(onboarding) ? onboarding : { to: PLACES.mobileToken, token: onboarding.session?.token };
}

function Password({ visit, attempt }: { visit: Visit; attempt: Attempt | null }) {
	const { speech, me, api, options } = visit;
	const { password, common } = speech.words;
	const until = me?.onboarding.temporaryPasswordExpiresAt;
	return (
		<>
			<h1>{password.title}</h1>
			<p class="lead">{password.lead}</p>
			<Form action={PLACES.password} act="change">
				{/* For password managers: whose password this is. */}
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
					error={attempt?.trouble.fields.password}
					words={speech.words}
					autocomplete="new-password"
				/>
				<Submit>{common.continue}</Submit>
			</Form>
			{until && <p class="aside">{say(password.until, <Time speech={speech} at={until} style="moment" />)}</p>}
		</>
	);
}
