import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import type { Words } from '../words/words.js';

interface Labelled {
	/** Also the field's name. */
	id: string;
	label: string;
	hint?: ComponentChildren;
	error?: string | undefined;
	/** The id of a hint that stands elsewhere. */
	hintId?: string;
}

/** A label, a hint, what is wrong, and the control itself, told of the other three. */
function Labelled({ id, label, hint, error, children }: Labelled & { children: ComponentChildren }) {
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
			{children}
		</div>
	);
}

function described({ id, hint, error, hintId }: Labelled) {
	const ids = [hintId, hint && `${id}-hint`, error && `${id}-flaw`].filter(Boolean).join(' ');
	return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? ('true' as const) : undefined };
}

type InputProps = Pick<
	InputHTMLAttributes,
	'autocomplete' | 'inputMode' | 'value' | 'dir' | 'spellcheck' | 'autocapitalize'
> &
	({ type: 'text' } | { type: 'email' } | { type: 'tel' });

export function TextField({ input, ...field }: Labelled & { input: InputProps }) {
	return (
		<Labelled {...field}>
			<input id={field.id} name={field.id} required {...described(field)} {...input} />
		</Labelled>
	);
}

/** Six digits in one field: pasting, filling in and spaces all work (WCAG 3.3.8). */
export function CodeField(field: Labelled) {
	return (
		<Labelled {...field}>
			<input
				id={field.id}
				name={field.id}
				class="code"
				type="text"
				inputMode="numeric"
				autocomplete="one-time-code"
				autocapitalize="off"
				spellcheck={false}
				dir="ltr"
				required
				{...described(field)}
			/>
		</Labelled>
	);
}

/** The script adds the button that shows it, since without a script it could not. */
export function PasswordField({ words, autocomplete, ...field }: Labelled & { words: Words; autocomplete: string }) {
	return (
		<Labelled {...field}>
			<div class="with-button" data-show={words.showPassword} data-hide={words.hidePassword} data-label={field.label}>
				<input
					id={field.id}
					name={field.id}
					type="password"
					autocomplete={autocomplete}
					autocapitalize="off"
					spellcheck={false}
					dir="ltr"
					required
					{...described(field)}
				/>
			</div>
		</Labelled>
	);
}

export interface Option {
	value: string;
	label: string;
}

export function SelectField(props: Labelled & { options: readonly Option[]; value: string; autocomplete?: string }) {
	const { options, value, autocomplete, ...field } = props;
	return (
		<Labelled {...field}>
			<select id={field.id} name={field.id} autocomplete={autocomplete} {...described(field)}>
				{options.map((option) => (
					<option value={option.value} selected={option.value === value}>
						{option.label}
					</option>
				))}
			</select>
		</Labelled>
	);
}
