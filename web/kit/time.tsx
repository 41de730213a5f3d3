import type { Instant } from '../../domain/time.js';
import type { Speech, TimeStyle } from '../words/speech.js';

/** A moment, in UTC until the script puts it into the reader's zone. */
export function Time({ speech, at, style }: { speech: Speech; at: Instant; style: TimeStyle }) {
	return (
		<time dateTime={at} data-style={style}>
			{speech.at(at, style)}
		</time>
	);
}
