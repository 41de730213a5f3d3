import type { Instant } from '../../domain/time.js';
import type { Speech, TimeStyle } from '../words/speech.js';

/** A moment in UTC, named as such. The script converts it to the reader's zone. */
export function Time({ speech, at, style }: { speech: Speech; at: Instant; style: TimeStyle }) {
	// No language's pattern for a date names the zone, although the date differs between zones.
	const zone = style === 'date' ? ' UTC' : '';
	return (
		<time dateTime={at} data-style={style}>
			{speech.at(at, style)}
			{zone}
		</time>
	);
}
