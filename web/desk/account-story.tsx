import type { AccountDetails } from '../../acts/accounts/desk.js';
import { AGENT_PREFIX } from '../../acts/door/recognize.js';
import type { EventView, MessageView } from '../../acts/views.js';
import { Moment } from './moments.js';
import type { Desk } from './section.js';

interface Props {
	desk: Desk;
	details: AccountDetails;
}

const TONES: Record<MessageView['state'], string> = {
	queued: 'none',
	sending: 'none',
	sent: 'good',
	delivered: 'good',
	failed: 'bad',
	unknown: 'open',
	void: 'none',
};

/** Everything sent, or to be sent, newest first, with what became of it and why. */
export function Messages({ desk, details: { messages } }: Props) {
	const { words } = desk;
	return (
		<section class="card" aria-labelledby="messages-title">
			<h2 id="messages-title">{words.account.messages}</h2>
			{messages.length === 0 && <p>{words.account.noMessages}</p>}
			<ul class="story">
				{messages.map(({ template, to, state, reason, at }) => (
					<li>
						<p>
							<strong>{words.templates[template]}</strong>{' '}
							<span class={`state ${TONES[state]}`}>{words.messageStates[state]}</span>
						</p>
						{reason && <p>{words.messageReasons[reason]}</p>}
						<p class="quiet">
							<bdi dir="ltr">{to}</bdi> · <Moment desk={desk} at={at} />
						</p>
					</li>
				))}
			</ul>
		</section>
	);
}

/** What happened, newest first, in words: by whom, and why. */
export function Timeline({ desk, details: { events } }: Props) {
	const { words } = desk;
	return (
		<section class="card" aria-labelledby="timeline-title">
			<h2 id="timeline-title">{words.account.timeline}</h2>
			<ol class="story">
				{events.map((event) => (
					<li>
						<p>
							<strong>{words.events[event.name]}</strong> {words.account.by(actorInWords(desk, event))}
						</p>
						{event.reason && <p>{reasonInWords(desk, event.reason)}</p>}
						<p class="quiet">
							<Moment desk={desk} at={event.at} />
							{event.source && event.source !== 'local' && <> · {words.account.from(event.source)}</>}
						</p>
					</li>
				))}
			</ol>
		</section>
	);
}

/** An agent by the e-mail of their account, an API key by its name. */
function actorInWords({ words: { actors } }: Desk, { actor }: EventView): string {
	if (actor.includes('@')) return actor;
	if (actor.startsWith(AGENT_PREFIX)) return actors.agentGone;
	const known = Object.hasOwn(actors, actor) ? actors[actor as keyof typeof actors] : null;
	return typeof known === 'string' ? known : actors.key(actor);
}

/** A code of ours in words; what an agent wrote as it is. */
function reasonInWords({ words }: Desk, reason: string): string {
	const known: Record<string, string> = { ...words.eventReasons, ...words.messageReasons };
	return Object.hasOwn(known, reason) ? String(known[reason]) : `“${reason}”`;
}
