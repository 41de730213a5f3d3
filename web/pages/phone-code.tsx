import { issuePasscode } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import type { PasscodeView } from '../../acts/views.js';
import type { MessageReason } from '../../domain/message.js';
import { isRefusal } from '../../domain/refusal.js';
import { after } from '../../domain/time.js';
import { CodeField } from '../kit/fields.js';
import { Form, Submit } from '../kit/form.js';
import { withAsciiDigits } from '../kit/http/digits.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, Page } from '../kit/page.js';
import { mayAddPhone, PATHS } from '../kit/paths.js';
import { say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import type { Visit } from '../kit/visit.js';
import { Later, laterAct } from './later.js';
import { Resend } from './resend.js';

export const phoneCodePage: Page = {
	path: PATHS.phoneCode,
	isFor: ({ me }) => mayAddPhone(me) && me?.onboarding.phone?.passcode != null,
	show: (visit, entry) => ({
		title: visit.speech.words.phoneCode.title,
		step: 'phone',
		body: <PhoneCode visit={visit} entry={entry} />,
	}),
	acts: {
		verify: { run: verify },
		resend: { sends: true, run: resend },
		later: laterAct,
	},
};

async function verify({ api, call }: Visit, { code = '' }: Fields): Promise<Answer> {
	const onboarding = await verifyPhone(api, call, { code: withAsciiDigits(code) });
	return isRefusal(onboarding) ? onboarding : { to: PATHS.done };
}

async function resend({ api, call }: Visit, { number = '', country }: Fields): Promise<Answer> {
	const typed = number.trim() ? { number: withAsciiDigits(number), country } : {};
	const onboarding = await issuePasscode(api, call, typed);
	return isRefusal(onboarding) ? onboarding : { to: PATHS.phoneCode, flash: 'code-sent' };
}

function PhoneCode({ visit, entry }: { visit: Visit; entry: Entry | null }) {
	const { speech, me, now, api } = visit;
	const { phoneCode, common } = speech.words;
	const phone = me?.onboarding.phone;
	if (!phone?.passcode) return null;
	const { passcode } = phone;
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
			<Form action={PATHS.phoneCode} act="verify" class="web-otp">
				<CodeField id="code" label={phoneCode.label} entry={entry} />
				<Submit>{common.continue}</Submit>
			</Form>
			<Resend visit={visit} passcode={passcode} entry={entry} />
			<Later speech={speech} path={PATHS.phoneCode} until={after(now, api.policy.phoneReminderAfterMs)} />
		</>
	);
}

/** The state of the SMS, the number of the valid code, and its expiry. */
function Standing({ visit: { speech, now }, passcode }: { visit: Visit; passcode: PasscodeView }) {
	const { phoneCode } = speech.words;
	const over = passcode.expiresAt <= now;
	const { delivery } = passcode;
	const sms = delivery === 'queued' || delivery === 'sending' || delivery === 'void' ? 'underway' : delivery;
	const reasons: Partial<Record<MessageReason, string>> = phoneCode.smsReasons;
	const why = sms === 'failed' && passcode.deliveryReason ? reasons[passcode.deliveryReason] : undefined;
	const bad = over || sms === 'failed' || sms === 'unknown';
	return (
		<div class={bad ? 'standing bad' : 'standing'} role="status">
			<p>{over ? phoneCode.over : (why ?? phoneCode.smsStates[sms])}</p>
			{passcode.number > 1 && !over && <p>{phoneCode.onlyNewest(speech.number(passcode.number))}</p>}
			{!over && <p>{say(phoneCode.until, <Time speech={speech} at={passcode.expiresAt} style="time" />)}</p>}
			{!over && sms === 'underway' && (
				<p>
					<a href={PATHS.phoneCode}>{phoneCode.reload}</a>
				</p>
			)}
		</div>
	);
}
