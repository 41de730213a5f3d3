import type { ComponentChildren } from 'preact';
import { ACT_FIELD, KEY_FIELD, mintKey } from './http/form.js';

interface FormProps {
	/** Where it goes; the page it stands on when nothing is said. */
	action?: string;
	/** The act it asks for; left out where its buttons ask for different ones. */
	act?: string;
	/** It may bring a file. */
	multipart?: boolean;
	class?: string;
	children: ComponentChildren;
}

/** A form that asks for one of its page's acts. Its hidden key makes a double click one act. */
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
	/** The act that this button asks for, in a form that names none. */
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

/** What was given before, carried to the act that uses it. */
export function Carried({ fields, names }: { fields: Readonly<Record<string, string>>; names: readonly string[] }) {
	return (
		<>
			{names.map((name) => (
				<input type="hidden" name={name} value={fields[name] ?? ''} />
			))}
		</>
	);
}
