import type { AccountDetails, Who } from '../../acts/accounts/desk.js';
import type { MessageView } from '../../acts/views.js';
import { accountPath } from '../kit/paths.js';
import { Moment } from './moments.js';
import type { Desk } from './section.js';

/** The cursor of each list; the newest page when absent. */
export interface StoryPlace {
	messages: string | undefined;
	events: string | undefined;
}

interface Props {
	desk: Desk;
	details: AccountDetails;
	place: StoryPlace;
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

/** The account's messages, newest first, each with its state and the reason. */
export function Messages({ desk, details: { account, messages }, place }: Props) {
	const { words } = desk;
	return (
		<section class="card" aria-labelledby="messages-title">
			<h2 id="messages-title">{words.account.messages}</h2>
			{messages.items.length === 0 && <p>{words.account.noMessages}</p>}
			<ul class="story">
				{messages.items.map(({ template, to, state, reason, at }) => (
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
			<StoryPages desk={desk} accountId={account.id} place={place} list="messages" next={messages.nextCursor} />
		</section>
	);
}

/** The account's events in words, newest first, each with its actor and reason. */
export function Timeline({ desk, details: { account, events }, place }: Props) {
	const { words } = desk;
	return (
		<section class="card" aria-labelledby="timeline-title">
			<h2 id="timeline-title">{words.account.timeline}</h2>
			<ol class="story">
				{events.items.map((event) => (
					<li>
						<p>
							<strong>{words.events[event.name]}</strong> {words.account.by(actorInWords(desk, event.by))}
						</p>
						{event.reason && <p>{reasonInWords(desk, event.reason)}</p>}
						<p class="quiet">
							<Moment desk={desk} at={event.at} />
							{event.source && event.source !== 'local' && <> · {words.account.from(event.source)}</>}
						</p>
					</li>
				))}
			</ol>
			<StoryPages desk={desk} accountId={account.id} place={place} list="events" next={events.nextCursor} />
		</section>
	);
}

interface StoryPagesProps {
	desk: Desk;
	accountId: string;
	place: StoryPlace;
	list: keyof StoryPlace;
	next: string | null;
}

/** Links to older entries of one list and back to its newest. The other list stays where it is. */
function StoryPages({ desk: { words }, accountId, place, list, next }: StoryPagesProps) {
	if (!next && !place[list]) return null;
	const pathTo = (cursor: string | undefined) => {
		const given = Object.entries({ ...place, [list]: cursor }).filter((entry): entry is [string, string] => !!entry[1]);
		return `${accountPath(accountId)}?${new URLSearchParams(given)}#${TITLES[list]}`;
	};
	return (
		<p class="paging">
			{place[list] && <a href={pathTo(undefined)}>{words.list.first}</a>}
			{next && (
				<a class="button quiet" href={pathTo(next)}>
					{words.list.more}
				</a>
			)}
		</p>
	);
}

const TITLES: Record<keyof StoryPlace, string> = { messages: 'messages-title', events: 'timeline-title' };

/** An agent by the e-mail of their account, an API key by its name. */
function actorInWords({ words: { actors } }: Desk, by: Who): string {
	if ('agent' in by) return by.agent ?? actors.agentGone;
	const known = Object.hasOwn(actors, by.name) ? actors[by.name as keyof typeof actors] : null;
	return typeof known === 'string' ? known : actors.key(by.name);
}

/** A code in words; an agent's own text unchanged, in quotes. */
function reasonInWords({ words }: Desk, reason: string): string {
	const known: Record<string, string> = { ...words.eventReasons, ...words.messageReasons };
	return Object.hasOwn(known, reason) ? String(known[reason]) : `“${reason}”`;
}
