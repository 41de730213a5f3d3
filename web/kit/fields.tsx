import type { ComponentChildren } from 'preact';
import type { Words } from '../words/words.js';
import type { Entry } from './page.js';

interface FieldProps {
	/** Also the field's name. */
	id: string;
	label: string;
	hint?: ComponentChildren;
	/** The id of a hint elsewhere on the page. */
	hintId?: string;
	/** The form as sent: its values and its errors. */
	entry: Entry | null;
}

/** A label, a hint, the error, and the control. */
function Field({ id, label, hint, entry, children }: FieldProps & { children: ComponentChildren }) {
	const error = entry?.errors?.fields[id];
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

/** Attributes that name the control and link it to its hint and error. */
function control({ id, hint, hintId, entry }: FieldProps) {
	const error = entry?.errors?.fields[id];
	const ids = [hintId, hint && `${id}-hint`, error && `${id}-flaw`].filter(Boolean).join(' ');
	const invalid = error ? ('true' as const) : undefined;
	return { id, name: id, 'aria-describedby': ids || undefined, 'aria-invalid': invalid };
}

function typedIn({ id, entry }: FieldProps, otherwise = ''): string {
	return entry?.fields[id] ?? otherwise;
}

interface TextFieldProps extends FieldProps {
	optional?: boolean;
	maxLength?: number;
	/** What it holds before anything is typed. */
	value?: string | undefined;
}

export function TextField({ optional, maxLength, value, ...field }: TextFieldProps) {
	return (
		<Field {...field}>
			<input
				type="text"
				required={!optional}
				autocomplete="off"
				dir="auto"
				maxLength={maxLength}
				{...control(field)}
				value={typedIn(field, value)}
			/>
		</Field>
	);
}

/** A telephone number. `value` is its initial content. */
export function PhoneField({ value, ...field }: FieldProps & { value?: string | undefined }) {
	return (
		<Field {...field}>
			<input
				type="tel"
				inputMode="tel"
				autocomplete="tel"
				dir="ltr"
				required
				{...control(field)}
				value={typedIn(field, value)}
			/>
		</Field>
	);
}

export function EmailField({ autocomplete, ...field }: FieldProps & { autocomplete: string }) {
	return (
		<Field {...field}>
			<input
				type="email"
				required
				autocomplete={autocomplete}
				autocapitalize="off"
				spellcheck={false}
				dir="ltr"
				{...control(field)}
				value={typedIn(field)}
			/>
		</Field>
	);
}

/** Six digits in one field. Pasting, autofill and spaces work (WCAG 3.3.8). */
export function CodeField(field: FieldProps) {
	return (
		<Field {...field}>
			<input
				class="code"
				type="text"
				inputMode="numeric"
				autocomplete="one-time-code"
				autocapitalize="off"
				spellcheck={false}
				dir="ltr"
				required
				{...control(field)}
			/>
		</Field>
	);
}

/** A password. The script adds the button that shows it, because the button needs a script. */
export function PasswordField({ words, autocomplete, ...field }: FieldProps & { words: Words; autocomplete: string }) {
	return (
		<Field {...field}>
			<div class="with-button" data-show={words.showPassword} data-hide={words.hidePassword} data-label={field.label}>
				<input
					type="password"
					autocomplete={autocomplete}
					autocapitalize="off"
					spellcheck={false}
					dir="ltr"
					required
					{...control(field)}
				/>
			</div>
		</Field>
	);
}

export interface Option {
	value: string;
	label: string;
}

interface SelectProps extends FieldProps {
	options: readonly Option[];
	/** The initial choice. */
	value: string;
	autocomplete?: string;
}

export function SelectField({ options, value, autocomplete, ...field }: SelectProps) {
	const chosen = typedIn(field, value);
	return (
		<Field {...field}>
			<select autocomplete={autocomplete} {...control(field)}>
				{options.map((option) => (
					<option value={option.value} selected={option.value === chosen}>
						{option.label}
					</option>
				))}
			</select>
		</Field>
	);
}

/** Several lines, such as those of a spreadsheet. */
export function LinesField(field: FieldProps) {
	return (
		<Field {...field}>
			<textarea rows={8} dir="ltr" spellcheck={false} autocomplete="off" {...control(field)}>
				{typedIn(field)}
			</textarea>
		</Field>
	);
}

export function FileField({ accept, ...field }: FieldProps & { accept: string }) {
	return (
		<Field {...field}>
			<input type="file" accept={accept} {...control(field)} />
		</Field>
	);
}
