import type { ComponentChildren } from 'preact';
import { ACT_FIELD, KEY_FIELD, mintKey } from './http/form.js';

interface FormProps {
	/** The form's target; by default the page that contains it. */
	action?: string;
	/** The act of the form; absent when each button names its own. */
	act?: string;
	/** The form may contain a file. */
	multipart?: boolean;
	class?: string;
	children: ComponentChildren;
}

/** A form for one act of its page. Its hidden key makes a double click one act. */
export function Form({ action, act, multipart, children, ...rest }: FormProps) {
	const enctype = multipart ? 'multipart/form-data' : undefined;
	return (
		<form method="post" action={action} enctype={enctype} class={rest.class} noValidate>
			{act && <input type="hidden" name={ACT_FIELD} value={act} />}
			<input type="hidden" name={KEY_FIELD} value={mintKey()} />
			{children}
		</form>
	);
}

interface SubmitProps {
	/** The act of this button, in a form that names none. */
	act?: string;
	kind?: 'quiet' | 'danger' | 'small quiet';
	describedBy?: string;
	children: ComponentChildren;
}

export function Submit({ act, kind, describedBy, children }: SubmitProps) {
	const asks = act ? { name: ACT_FIELD, value: act } : {};
	return (
		<button type="submit" {...asks} class={kind ? `button ${kind}` : 'button'} aria-describedby={describedBy}>
			{children}
		</button>
	);
}

/** Earlier fields, carried as hidden ones to the act that uses them. */
export function Carried({ fields, names }: { fields: Readonly<Record<string, string>>; names: readonly string[] }) {
	return (
		<>
			{names.map((name) => (
				<input type="hidden" name={name} value={fields[name] ?? ''} />
			))}
		</>
	);
}
