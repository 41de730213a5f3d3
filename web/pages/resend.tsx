import type { PasscodeView } from '../../acts/views.js';
import { msUntil } from '../../domain/time.js';
import { PhoneField } from '../kit/fields.js';
import { Form, Submit } from '../kit/form.js';
import type { Entry } from '../kit/page.js';
import { PATHS } from '../kit/paths.js';
import { say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import type { Visit } from '../kit/visit.js';
import { readableNumber } from './countries.js';

/** "Resend Code", with the number to correct beside it, and the wait before another code. */
export function Resend({ visit, passcode, entry }: { visit: Visit; passcode: PasscodeView; entry: Entry | null }) {
	const { speech, me, now } = visit;
	const { phoneCode } = speech.words;
	const current = me?.security?.phoneUnderWay;
	const readable = current ? readableNumber(current) : null;
	return (
		<section class="resend" aria-labelledby="resend-title">
			<h2 id="resend-title">{phoneCode.notThere}</h2>
			<p>{phoneCode.notThereText}</p>
			<Form action={PATHS.phoneCode} act="resend">
				<input type="hidden" name="country" value={readable?.country ?? ''} />
				<div class="number">
					<PhoneField
						id="number"
						label={phoneCode.number}
						hint={phoneCode.numberHint}
						entry={entry}
						value={readable?.text}
					/>
					<Submit kind="quiet" describedBy="wait">
						{phoneCode.resend}
					</Submit>
				</div>
				<Wait visit={visit} ms={msUntil(now, passcode.resendAvailableAt)} passcode={passcode} />
			</Form>
		</section>
	);
}

/** The wait in words, complete without a script. The script adds a countdown and announces its end. */
function Wait({ visit: { speech }, ms, passcode }: { visit: Visit; ms: number; passcode: PasscodeView }) {
	const { phoneCode } = speech.words;
	if (ms <= 0) {
		return (
			<p class="hint" id="wait">
				{phoneCode.now}
			</p>
		);
	}
	return (
		<p class="hint" id="wait">
			<span class="wait-words">
				{say(phoneCode.wait, <Time speech={speech} at={passcode.resendAvailableAt} style="second" />)}{' '}
			</span>
			<span
				class="countdown"
				data-seconds={Math.ceil(ms / 1000)}
				data-words={phoneCode.countdown('\ue000')}
				data-over={phoneCode.now}
			/>
		</p>
	);
}
