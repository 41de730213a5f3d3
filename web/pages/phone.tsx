import { putPhone } from '../../acts/phone/phone.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { after } from '../../domain/time.js';
import { countryOptions, likelyCountry } from '../countries.js';
import { withAsciiDigits } from '../http/digits.js';
import type { Fields } from '../http/form.js';
import { SelectField, TextField } from '../layout/field.js';
import { Form, Submit } from '../layout/form.js';
import type { Attempt, Done, Page } from '../page.js';
import { mayAddPhone, PLACES } from '../places.js';
import type { Visit } from '../visit.js';
import { Later, laterAct } from './later.js';

export const phonePage: Page = {
	place: PLACES.phone,
	step: 'phone',
	isFor: ({ me }) => mayAddPhone(me),
	title: ({ speech }) => speech.words.phone.title,
	body: (visit, attempt) => <Phone visit={visit} attempt={attempt} />,
	acts: {
		send: { required: { number: 'number-missing' }, sends: true, run: send },
		later: laterAct,
	},
};

async function send({ api, call }: Visit, { number = '', country }: Fields): Promise<Done | Refusal> {
	const onboarding = await putPhone(api, call, { number: withAsciiDigits(number), country });
	return isRefusal(onboarding) ? onboarding : { to: PLACES.phoneCode };
}

function Phone({ visit, attempt }: { visit: Visit; attempt: Attempt | null }) {
	const { speech, api, me, languages, now } = visit;
	const { phone, common } = speech.words;
	const options = countryOptions(speech, api.policy);
	const wanted = attempt?.fields.country ?? likelyCountry([...languages, me?.locale ?? ''], options);
	const wrong = attempt?.trouble.fields;
	return (
		<>
			<h1>{phone.title}</h1>
			{me?.session.next === 'phone' && <p class="callout">{phone.askedAgain}</p>}
			<p class="lead">{phone.lead}</p>
			<Form action={PLACES.phone} act="send">
				<p class="hint" id="number-hint">
					{phone.hint}
				</p>
				<div class="number">
					<SelectField
						id="country"
						label={phone.country}
						error={wrong?.country}
						options={options}
						value={wanted}
						autocomplete="country"
					/>
					<TextField
						id="number"
						label={phone.number}
						hintId="number-hint"
						error={wrong?.number}
						input={{
							type: 'tel',
							autocomplete: 'tel',
							inputMode: 'tel',
							dir: 'ltr',
							value: attempt?.fields.number ?? '',
						}}
					/>
				</div>
				<p class="aside" id="sends">
					{phone.sends}
				</p>
				<Submit describedBy="sends">{common.continue}</Submit>
			</Form>
			<Later speech={speech} place={PLACES.phone} until={after(now, api.policy.phoneReminderAfterMs)} />
			<p class="small-print">{phone.notice}</p>
		</>
	);
}
