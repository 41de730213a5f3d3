import { Contact } from '../kit/contact.js';
import { PATHS } from '../kit/paths.js';
import { isolate, say } from '../kit/say.js';
import type { Visit } from '../kit/visit.js';

/** Names the contact after the expiry. Only the holder of the right temporary password sees it. */
export function Expired({ visit: { speech, options } }: { visit: Visit }) {
	const { expired } = speech.words;
	const contact = <Contact contact={options.supportContact} text={isolate(speech.words, options.supportContact)} />;
	return (
		<div class="card narrow">
			<h1 tabIndex={-1} autofocus data-focus>
				{expired.title}
			</h1>
			<p class="lead">{expired.lead}</p>
			<p class="callout">{say(expired.contact, contact)}</p>
			<p>{expired.kept}</p>
			<p>
				<a class="button quiet" href={PATHS.logIn}>
					{expired.back}
				</a>
			</p>
		</div>
	);
}
