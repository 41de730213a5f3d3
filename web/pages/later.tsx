import { deferPhone } from '../../acts/phone/phone.js';
import { isRefusal } from '../../domain/refusal.js';
import type { Instant } from '../../domain/time.js';
import { Form, Submit } from '../kit/form.js';
import type { Act } from '../kit/page.js';
import { PATHS, type Path } from '../kit/paths.js';
import { say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import type { Speech } from '../words/speech.js';

/** "Remind me later. Continue to the platform": defers the phone and redirects to the platform. */
export const laterAct: Act = {
	run: async ({ api, call, options }) => {
		const onboarding = await deferPhone(api, call);
		if (isRefusal(onboarding)) return onboarding;
		return options.platformUrl ? { to: options.platformUrl } : { to: PATHS.home, flash: 'deferred' };
	},
};

/** The button to defer. It is as large as the other one, and states when the product asks again. */
export function Later({ speech, path, until }: { speech: Speech; path: Path; until: Instant }) {
	const { common, phone } = speech.words;
	return (
		<Form action={path} act="later" class="later">
			<Submit kind="quiet" describedBy="later-hint">
				{common.later}
			</Submit>
			<p class="hint" id="later-hint">
				{say(phone.laterHint, <Time speech={speech} at={until} style="date" />)}
			</p>
		</Form>
	);
}
