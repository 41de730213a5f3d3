import { deferPhone } from '../../acts/phone/phone.js';
import { isRefusal } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import { Form, Submit } from '../layout/form.js';
import { Time } from '../layout/time.js';
import type { Act } from '../page.js';
import { PLACES, type Place } from '../places.js';
import { say } from '../say.js';
import type { Speech } from '../speech.js';

/** "Remind me later. Continue to the platform": goes there, and is asked again from a day on. */
export const laterAct: Act = {
	run: async ({ api, call, options }) => {
		const onboarding = await deferPhone(api, call);
		if (isRefusal(onboarding)) return onboarding;
		return options.platformUrl ? { to: options.platformUrl } : { to: PLACES.home, notice: 'deferred' };
	},
};

/** A choice as good as the other one: a button of the same size, that says when we come back to it. */
export function Later({ speech, place, until }: { speech: Speech; place: Place; until: Instant }) {
	const { common, phone } = speech.words;
	return (
		<Form action={place} act="later" class="later">
			<Submit quiet describedBy="later-hint">
				{common.later}
			</Submit>
			<p class="hint" id="later-hint">
				{say(phone.laterHint, <Time speech={speech} at={until} style="date" />)}
			</p>
		</Form>
	);
}
