import type { ComponentChildren } from 'preact';
import { ACT_FIELD, KEY_FIELD, mintKey } from '../http/form.js';

/** A form that asks for one of its page's acts. Its hidden key makes a double click one act. */
export function Form(props: { action: string; act: string; class?: string; children: ComponentChildren }) {
	return (
		<form method="post" action={props.action} class={props.class} noValidate>
			<input type="hidden" name={ACT_FIELD} value={props.act} />
			<input type="hidden" name={KEY_FIELD} value={mintKey()} />
			{props.children}
		</form>
	);
}

export function Submit(props: { children: ComponentChildren; quiet?: boolean; describedBy?: string }) {
	return (
		<button type="submit" class={props.quiet ? 'button quiet' : 'button'} aria-describedby={props.describedBy}>
			{props.children}
		</button>
	);
}
