import { putPhone } from '../../acts/phone/phone.js';
import { isRefusal } from '../../domain/refusal.js';
import { after } from '../../domain/time.js';
import { PhoneField, SelectField } from '../kit/fields.js';
import { Form, Submit } from '../kit/form.js';
import { withAsciiDigits } from '../kit/http/digits.js';
import type { Fields } from '../kit/http/form.js';
import type { Answer, Entry, Page } from '../kit/page.js';
import { mayAddPhone, PATHS } from '../kit/paths.js';
import type { Visit } from '../kit/visit.js';
import { countryOptions, likelyCountry } from './countries.js';
import { Later, laterAct } from './later.js';

export const phonePage: Page = {
	path: PATHS.phone,
	isFor: ({ me }) => mayAddPhone(me),
	show: (visit, entry) => ({
		title: visit.speech.words.phone.title,
		step: 'phone',
		body: <Phone visit={visit} entry={entry} />,
	}),
	acts: {
		send: { required: { number: 'number-missing' }, sends: true, run: send },
		later: laterAct,
	},
};

async function send({ api, call }: Visit, { number = '', country }: Fields): Promise<Answer> {
	const onboarding = await putPhone(api, call, { number: withAsciiDigits(number), country });
	return isRefusal(onboarding) ? onboarding : { to: PATHS.phoneCode };
}

function Phone({ visit, entry }: { visit: Visit; entry: Entry | null }) {
	const { speech, api, me, languages, now } = visit;
	const { phone, common } = speech.words;
	const options = countryOptions(speech, api.policy);
	const wanted = likelyCountry([...languages, me?.locale ?? ''], options);
	return (
		<>
			<h1>{phone.title}</h1>
			{me?.session.next === 'phone' && <p class="callout">{phone.askedAgain}</p>}
			<p class="lead">{phone.lead}</p>
			<Form action={PATHS.phone} act="send">
				<p class="hint" id="number-hint">
					{phone.hint}
				</p>
				<div class="number">
					<SelectField
						id="country"
						label={phone.country}
						entry={entry}
						options={options}
						value={wanted}
						autocomplete="country"
					/>
					<PhoneField id="number" label={phone.number} hintId="number-hint" entry={entry} />
				</div>
				<p class="aside" id="sends">
					{phone.sends}
				</p>
				<Submit describedBy="sends">{common.continue}</Submit>
			</Form>
			<Later speech={speech} path={PATHS.phone} until={after(now, api.policy.phoneReminderAfterMs)} />
			<p class="small-print">{phone.smallPrint}</p>
		</>
	);
}
