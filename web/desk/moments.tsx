import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, msUntil, SECOND_MS } from '../../domain/time.js';
import { say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import type { Desk } from './section.js';

const formats = new Map<string, Intl.RelativeTimeFormat>();
const FORMATS_MAX = 100;

/** A moment relative to now, in one unit: "in 3 hours", "2 days ago", "now". */
function relative({ speech, now }: Pick<Desk, 'speech' | 'now'>, at: Instant): string {
	const ms = msUntil(now, at);
	const [unit, size] = unitOf(Math.abs(ms));
	const count = Math.round(Math.abs(ms) / size);
	return formatOf(speech.tag, count === 0).format(ms < 0 ? -count : count, unit);
}

function formatOf(tag: string, isNow: boolean): Intl.RelativeTimeFormat {
	const key = `${tag} ${isNow}`;
	const format = formats.get(key) ?? new Intl.RelativeTimeFormat(tag, { numeric: isNow ? 'auto' : 'always' });
	if (formats.size < FORMATS_MAX) formats.set(key, format);
	return format;
}

function unitOf(ms: number): [unit: Intl.RelativeTimeFormatUnit, ms: number] {
	if (ms < 90 * SECOND_MS) return ['second', SECOND_MS];
	if (ms < 90 * MINUTE_MS) return ['minute', MINUTE_MS];
	return ms < 36 * HOUR_MS ? ['hour', HOUR_MS] : ['day', DAY_MS];
}

/** A moment, relative and absolute: "3 hours ago, November 24 at 8:00 AM UTC". */
export function Moment({ desk, at }: { desk: Desk; at: Instant }) {
	return (
		<>
			<span class="when">{relative(desk, at)}</span>{' '}
			<span class="quiet">
				<Time speech={desk.speech} at={at} style="moment" />
			</span>
		</>
	);
}

/** A sentence of the list about a moment: relative, with the absolute time beside it. */
export function MomentLine({ desk, at, sentence }: { desk: Desk; at: Instant; sentence: (when: string) => string }) {
	return (
		<>
			<span>{say(sentence, <span class="when">{relative(desk, at)}</span>)}</span>
			<span class="quiet">
				<Time speech={desk.speech} at={at} style="moment" />
			</span>
		</>
	);
}
