import { issuePasscode } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import type { PasscodeView } from '../../acts/views.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { after } from '../../domain/time.js';
import { withAsciiDigits } from '../http/digits.js';
import type { Fields } from '../http/form.js';
import { CodeField } from '../layout/field.js';
import { Form, Submit } from '../layout/form.js';
import { Time } from '../layout/time.js';
import type { Attempt, Done, Page } from '../page.js';
import { mayAddPhone, PLACES } from '../places.js';
import { say } from '../say.js';
import type { Visit } from '../visit.js';
import { Later, laterAct } from './later.js';
import { Resend } from './resend.js';

export const phoneCodePage: Page = {
	place: PLACES.phoneCode,
	step: 'phone',
	isFor: ({ me }) => mayAddPhone(me) && me?.onboarding.phone?.passcode != null,
	title: ({ speech }) => speech.words.phoneCode.title,
	body: (visit, attempt) => <PhoneCode visit={visit} attempt={attempt} />,
	acts: {
		verify: { run: verify },
		resend: { sends: true, run: resend },
		later: laterAct,
	},
};

async function verify({ api, call }: Visit, { code = '' }: Fields): Promise<Done | Refusal> {
	const onboarding = await verifyPhone(api, call, { code: withAsciiDigits(code) });
	return isRefusal(onboarding) ? onboarding : { to: PLACES.done };
}

async function resend({ api, call }: Visit, { number = '', country }: Fields): Promise<Done | Refusal> {
	const typed = number.trim() ? { number: withAsciiDigits(number), country } : {};
	const onboarding = await issuePasscode(api, call, typed);
	return isRefusal(onboarding) ? onboarding : { to: PLACES.phoneCode, notice: 'code-sent' };
}

function PhoneCode({ visit, attempt }: { visit: Visit; attempt: Attempt | null }) {
	const { speech, me, now, api } = visit;
	const { phoneCode, common } = speech.words;
	const phone = me?.onboarding.phone;
	if (!phone?.passcode) return null;
	const { passcode } = phone;
	const wrong = attempt?.trouble.fields;
	const number = (
		<bdi dir="ltr" class="masked">
			{phone.number}
		</bdi>
	);
	return (
		<>
			<h1>{phoneCode.title}</h1>
			<p class="lead">{say(phoneCode.sent, speech.number(passcode.number), number)}</p>
			<Standing visit={visit} passcode={passcode} />
			<Form action={PLACES.phoneCode} act="verify" class="web-otp">
				<CodeField id="code" label={phoneCode.label} error={wrong?.code} />
				<Submit>{common.continue}</Submit>
			</Form>
			<Resend visit={visit} passcode={passcode} attempt={attempt} />
			<Later speech={speech} place={PLACES.phoneCode} until={after(now, api.policy.phoneReminderAfterMs)} />
		</>
	);
}

/** What became of the SMS, which code counts, and until when. */
function Standing({ visit: { speech, now }, passcode }: { visit: Visit; passcode: PasscodeView }) {
	const { phoneCode } = speech.words;
	const over = passcode.expiresAt <= now;
	const { delivery } = passcode;
	const told = delivery === 'queued' || delivery === 'sending' || delivery === 'void' ? 'underway' : delivery;
	const bad = over || told === 'failed' || told === 'unknown';
	return (
		<div class={bad ? 'standing bad' : 'standing'} role="status">
			<p>{over ? phoneCode.over : phoneCode.delivery[told]}</p>
			{passcode.number > 1 && !over && <p>{phoneCode.onlyNewest(speech.number(passcode.number))}</p>}
			{!over && <p>{say(phoneCode.until, <Time speech={speech} at={passcode.expiresAt} style="time" />)}</p>}
			{!over && told === 'underway' && (
				<p>
					<a href={PLACES.phoneCode}>{phoneCode.reload}</a>
				</p>
			)}
		</div>
	);
}
