import type { Page } from '../kit/page.js';
import { isComplete, PATHS } from '../kit/paths.js';
import { Ring } from '../kit/ring.js';
import { say } from '../kit/say.js';
import { Check, Steps } from '../kit/steps.js';
import { Time } from '../kit/time.js';
import type { Visit } from '../kit/visit.js';

export const donePage: Page = {
	path: PATHS.done,
	isFor: ({ me }) => isComplete(me),
	show: (visit) => ({ title: visit.speech.words.done.title, body: <AllDone visit={visit} /> }),
};

function AllDone({ visit }: { visit: Visit }) {
	const { speech, me, options } = visit;
	const { done, common } = speech.words;
	const verified = me?.security?.phoneVerifiedAt != null;
	return (
		<div class="set-up">
			<Steps speech={speech} at={verified ? null : 'phone'} />
			<div class="card done">
				<Ring done={1} of={1} />
				<h1>{done.title}</h1>
				<p class="lead">{done.lead}</p>
				<h2>{done.setUp}</h2>
				<Facts visit={visit} />
				<p>{done.next}</p>
				<p>
					<a class="button" href={options.platformUrl ?? PATHS.home}>
						{common.toPlatform}
					</a>
				</p>
			</div>
		</div>
	);
}

function Facts({ visit: { speech, me } }: { visit: Visit }) {
	const { done, security } = speech.words;
	const { authenticatorConfirmedAt: since, phoneVerifiedAt, phoneDeferredUntil } = me?.security ?? {};
	return (
		<dl class="facts">
			<dt>
				<Check /> {done.password}
			</dt>
			<dd>{done.passwordText}</dd>
			<dt>
				<Check /> {security.token}
			</dt>
			<dd>
				{security.active}
				{since && (
					<>
						{' · '}
						<Time speech={speech} at={since} style="date" />
					</>
				)}
			</dd>
			<dt>
				{phoneVerifiedAt && <Check />} {security.phone}
			</dt>
			<dd>
				{phoneVerifiedAt ? (
					<bdi dir="ltr">{me?.onboarding.phone?.number}</bdi>
				) : (
					<>
						{security.none}.{' '}
						{phoneDeferredUntil &&
							say(security.askAgain, <Time speech={speech} at={phoneDeferredUntil} style="date" />)}{' '}
						<a href={PATHS.phone}>{done.add}</a>
					</>
				)}
			</dd>
		</dl>
	);
}
