import { TextField } from '../kit/fields.js';
import { Submit } from '../kit/form.js';
import type { Entry } from '../kit/page.js';
import type { DeskWords } from '../words/desk/words.js';

/*
 * A form of the desk that sends a mail or registers people has two steps. `check` shows what will happen, `go` does it, and
 * `change` goes back to the form as typed.
 */

/** The API's limit. */
const REASON_LENGTH_MAX = 1000;

/** The reason, which every act of an agent requires. */
export function ReasonField({ words: { reason }, entry }: { words: DeskWords; entry: Entry | null }) {
	return <TextField id="reason" label={reason.label} hint={reason.hint} entry={entry} maxLength={REASON_LENGTH_MAX} />;
}

interface ButtonsProps {
	/** The act of the first button, and its text. */
	act: 'check' | 'go';
	text: string;
	danger?: boolean;
	/** Text of the button back to the form. */
	change?: string;
	cancel: readonly [href: string, text: string];
}

export function Buttons({ act, text, danger, change, cancel: [href, cancel] }: ButtonsProps) {
	return (
		<p class="buttons">
			<Submit act={act} kind={danger ? 'danger' : undefined}>
				{text}
			</Submit>
			{change && (
				<Submit act="change" kind="quiet">
					{change}
				</Submit>
			)}
			<a href={href}>{cancel}</a>
		</p>
	);
}

/** The form as typed, for `change`. */
export function typedAgain(fields: Entry['fields']): Entry {
	return { fields, refusal: null, errors: null };
}
