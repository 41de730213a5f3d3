import { TextField } from '../kit/fields.js';
import { Submit } from '../kit/form.js';
import type { Entry } from '../kit/page.js';
import type { DeskWords } from '../words/desk/words.js';

/*
 * A form of the desk that sends a mail or registers people has two steps. `check` shows what will happen, `go` does it,
 * `change` goes back to the form with what was typed.
 */

/** As long as the API takes. */
const REASON_LENGTH_MAX = 1000;

/** Every act of an agent asks for its reason. */
export function ReasonField({ words: { reason }, entry }: { words: DeskWords; entry: Entry | null }) {
	return <TextField id="reason" label={reason.label} hint={reason.hint} entry={entry} maxLength={REASON_LENGTH_MAX} />;
}

interface ButtonsProps {
	/** What the first button asks for, and its text. */
	act: 'check' | 'go';
	text: string;
	danger?: boolean;
	/** Text of the button that goes back to the form. */
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

/** The form again, as it was typed: what `change` asks for. */
export function typedAgain(fields: Entry['fields']): Entry {
	return { fields, refusal: null, errors: null };
}
