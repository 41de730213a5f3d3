import type { Instant } from '../../domain/time.js';
import type { Speech, TimeStyle } from '../words/speech.js';

/** A moment, in UTC and saying so until the script puts it into the reader's zone. */
export function Time({ speech, at, style }: { speech: Speech; at: Instant; style: TimeStyle }) {
	// A date alone has no zone in any language's pattern, and is another one far from Greenwich.
	const zone = style === 'date' ? ' UTC' : '';
	return (
		<time dateTime={at} data-style={style}>
			{speech.at(at, style)}
			{zone}
		</time>
	);
}
