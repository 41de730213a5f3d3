import type { ComponentChildren } from 'preact';
import { KEY_FIELD, mintKey } from '../http/form.js';
import type { Trouble } from '../refusals.js';
import type { Desk } from './desk.js';

/** Which of a form's two steps is asked for: to look at it once more, to do it, or to go back and change something. */
export const STEP_FIELD = 'act';
export type FormStep = 'check' | 'go' | 'change';

/** The form of a page; `multipart` where it may bring a file. */
export function DeskForm(props: { multipart?: boolean; children: ComponentChildren }) {
	return (
		<form method="post" enctype={props.multipart ? 'multipart/form-data' : undefined} noValidate>
			<input type="hidden" name={KEY_FIELD} value={mintKey()} />
			{props.children}
		</form>
	);
}

/** What was given before, carried to the step that does it. */
export function Carried({ fields, names }: { fields: Readonly<Record<string, string>>; names: readonly string[] }) {
	return (
		<>
			{names.map((name) => (
				<input type="hidden" name={name} value={fields[name] ?? ''} />
			))}
		</>
	);
}

interface FieldProps {
	id: string;
	label: string;
	hint?: ComponentChildren;
	trouble: Trouble | null;
	children: (described: {
		id: string;
		name: string;
		'aria-describedby'?: string;
		'aria-invalid'?: 'true';
	}) => ComponentChildren;
}

/** A label, a hint and what is wrong, around a control that is told of all three. */
export function DeskField({ id, label, hint, trouble, children }: FieldProps) {
	const error = trouble?.fields[id];
	const ids = [hint && `${id}-hint`, error && `${id}-flaw`].filter(Boolean).join(' ');
	return (
		<div class={error ? 'field wrong' : 'field'}>
			<label for={id}>{label}</label>
			{hint && (
				<p class="hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			{error && (
				<p class="flaw" id={`${id}-flaw`}>
					{error}
				</p>
			)}
			{children({ id, name: id, 'aria-describedby': ids || undefined, 'aria-invalid': error ? 'true' : undefined })}
		</div>
	);
}

export function EmailInput({
	id,
	label,
	desk,
	trouble,
}: {
	id: string;
	label: string;
	desk: Desk;
	trouble: Trouble | null;
}) {
	return (
		<DeskField id={id} label={label} trouble={trouble}>
			{(described) => (
				<input
					{...described}
					type="email"
					required
					value={desk.fields[id] ?? ''}
					autocomplete="off"
					autocapitalize="off"
					spellcheck={false}
					dir="ltr"
				/>
			)}
		</DeskField>
	);
}

/** Why: every act of an agent asks for it. */
export function ReasonInput({ desk, trouble }: { desk: Desk; trouble: Trouble | null }) {
	const { reason } = desk.words;
	return (
		<DeskField id="reason" label={reason.label} hint={reason.hint} trouble={trouble}>
			{(described) => (
				<input
					{...described}
					type="text"
					required
					value={desk.fields.reason ?? ''}
					autocomplete="off"
					maxLength={1000}
				/>
			)}
		</DeskField>
	);
}

/** The button that does it, and the ways out. */
export function Buttons({
	go,
	danger,
	change,
	cancel,
}: {
	go: string;
	danger?: boolean;
	change?: string;
	cancel?: [href: string, text: string];
}) {
	return (
		<p class="buttons">
			<button
				type="submit"
				name={STEP_FIELD}
				value={'go' satisfies FormStep}
				class={danger ? 'button danger' : 'button'}
			>
				{go}
			</button>
			{change && (
				<button type="submit" name={STEP_FIELD} value={'change' satisfies FormStep} class="button quiet">
					{change}
				</button>
			)}
			{cancel && <a href={cancel[0]}>{cancel[1]}</a>}
		</p>
	);
}

/** The button that leads to the step where it is looked at once more. */
export function CheckButton({ text, cancel }: { text: string; cancel?: [href: string, text: string] }) {
	return (
		<p class="buttons">
			<button type="submit" name={STEP_FIELD} value={'check' satisfies FormStep} class="button">
				{text}
			</button>
			{cancel && <a href={cancel[0]}>{cancel[1]}</a>}
		</p>
	);
}
