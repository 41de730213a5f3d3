import type { ComponentChildren } from 'preact';
import { Contact } from '../kit/contact.js';
import { PATHS } from '../kit/paths.js';
import { isolate, say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import type { Visit } from '../kit/visit.js';

/** What protects the account, and what the user can do about each part. */
export function SecurityOverview({ visit }: { visit: Visit }) {
	const { speech, options } = visit;
	const { security, common } = speech.words;
	return (
		<div class="security">
			<div class="heading">
				<div>
					<h1>{security.title}</h1>
					<p class="lead">{security.lead}</p>
				</div>
				{options.platformUrl && (
					<a class="button" href={options.platformUrl}>
						{common.toPlatform}
					</a>
				)}
			</div>
			<Token visit={visit} />
			<Phone visit={visit} />
			<Protection title={security.recovery} state={security.notYet} tone="none">
				<p>{security.recoveryText}</p>
			</Protection>
		</div>
	);
}

/** One part of the protection: its name, its state in words, its text and its acts. */
function Protection(props: {
	title: string;
	state: ComponentChildren;
	tone: 'good' | 'open' | 'none';
	children: ComponentChildren;
}) {
	return (
		<section class="card protection">
			<div class="protection-head">
				<h2>{props.title}</h2>
				<p class={`state ${props.tone}`}>{props.state}</p>
			</div>
			<div>{props.children}</div>
		</section>
	);
}

function Token({ visit }: { visit: Visit }) {
	const { speech, me } = visit;
	const { security } = speech.words;
	const since = me?.security?.authenticatorConfirmedAt;
	return (
		<Protection title={security.token} state={security.active} tone="good">
			{since && <p>{say(security.since, <Time speech={speech} at={since} style="date" />)}</p>}
			<details class="more">
				<summary>{security.lost}</summary>
				<p>{say(security.lostText, <Support visit={visit} />)}</p>
			</details>
		</Protection>
	);
}

function Phone({ visit }: { visit: Visit }) {
	const { speech, me } = visit;
	const { security } = speech.words;
	const { phoneVerifiedAt, phoneDeferredUntil: until } = me?.security ?? {};
	if (phoneVerifiedAt) {
		return (
			<Protection title={security.phone} state={security.active} tone="good">
				<p class="big">
					<bdi dir="ltr">{me?.onboarding.phone?.number}</bdi>
				</p>
				<p>{say(security.changePhone, <Support visit={visit} />)}</p>
			</Protection>
		);
	}
	return (
		<Protection title={security.phone} state={security.none} tone="open">
			<p>
				{security.noneText}{' '}
				{until && until > visit.now && say(security.askAgain, <Time speech={speech} at={until} style="date" />)}
			</p>
			<p>
				<a class="button" href={PATHS.phone}>
					{security.add}
				</a>
			</p>
		</Protection>
	);
}

function Support({ visit: { speech, options } }: { visit: Visit }) {
	return <Contact contact={options.supportContact} text={isolate(speech.words, options.supportContact)} />;
}
