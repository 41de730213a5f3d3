import type { PasscodeView } from '../../acts/views.js';
import { msUntil } from '../../domain/time.js';
import { readableNumber } from '../countries.js';
import { TextField } from '../layout/field.js';
import { Form, Submit } from '../layout/form.js';
import { Time } from '../layout/time.js';
import type { Attempt } from '../page.js';
import { PLACES } from '../places.js';
import { say } from '../say.js';
import type { Visit } from '../visit.js';

/** "Resend Code", with the number beside it to alter, and when it may be asked for. */
export function Resend({
	visit,
	passcode,
	attempt,
}: {
	visit: Visit;
	passcode: PasscodeView;
	attempt: Attempt | null;
}) {
	const { speech, me, now } = visit;
	const { phoneCode } = speech.words;
	const current = me?.security?.phoneUnderWay;
	const readable = current ? readableNumber(current) : null;
	return (
		<section class="resend" aria-labelledby="resend-title">
			<h2 id="resend-title">{phoneCode.notThere}</h2>
			<p>{phoneCode.notThereText}</p>
			<Form action={PLACES.phoneCode} act="resend">
				<input type="hidden" name="country" value={readable?.country ?? ''} />
				<div class="number">
					<TextField
						id="number"
						label={phoneCode.number}
						hint={phoneCode.numberHint}
						error={attempt?.trouble.fields.number}
						input={{
							type: 'tel',
							autocomplete: 'tel',
							inputMode: 'tel',
							dir: 'ltr',
							value: attempt?.fields.number ?? readable?.text ?? '',
						}}
					/>
					<Submit quiet describedBy="wait">
						{phoneCode.resend}
					</Submit>
				</div>
				<Wait visit={visit} ms={msUntil(now, passcode.resendAvailableAt)} passcode={passcode} />
			</Form>
		</section>
	);
}

/** In words, complete without a script; the script counts down beside it, and says when it is over. */
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
