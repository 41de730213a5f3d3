import type { ComponentChildren } from 'preact';
import type { Refusal } from '../../domain/refusal.js';
import type { Flash } from '../words/flashes.js';
import type { RefusalValues } from '../words/words.js';
import type { FormErrors } from './errors.js';
import type { Fields } from './http/form.js';
import type { Path } from './paths.js';
import type { SetUpStep } from './steps.js';
import type { Visit } from './visit.js';

/** What a page shows. */
export interface View {
	title: string;
	body: ComponentChildren;
	/** The step of the setup that the page belongs to. */
	step?: SetUpStep | undefined;
	/** The body itself states the refusal or the flash, so the page shows neither above it. */
	speaksForItself?: boolean;
	/** Seconds until the browser reloads the page, without a script. */
	reloadAfter?: number | undefined;
}

/** Leads the reader to another page. */
export interface Redirect {
	to: string;
	/** The page at `to` shows it. */
	flash?: Flash | undefined;
	/** The session's new token; null ends the session in this browser. */
	token?: string | null | undefined;
	/** The language that this browser keeps until a log-in; null removes it. */
	language?: string | null | undefined;
}

/** The answer of a page or a form. A refused form shows its page again. Any other refusal has a page of its own. */
export type Answer = View | Redirect | Refusal;

/** A form as the reader sent it. */
export interface Entry {
	/** What the form shows again. It never shows a secret again. */
	fields: Fields;
	/** Null when the reader goes back to change the form. */
	refusal: Refusal | null;
	errors: FormErrors | null;
}

/** What one form of a page does. */
export interface Act<V extends Visit = Visit> {
	/** Required fields, each with the code of its flaw when it is empty. */
	required?: Readonly<Record<string, string>>;
	/** The act sends an SMS, so its waits and caps concern sending. */
	sends?: boolean;
	run(visit: V, fields: Fields): Promise<Answer> | Answer;
}

/** One page of the product: its readers, its view and its forms. */
export interface Page<V extends Visit = Visit> {
	path: Path;
	/** Whether the page is for this reader. Other readers go to their own next page. By default the section decides alone. */
	isFor?(visit: V): boolean;
	/** `entry` is the sent form to show again; null for a plain GET. */
	show(visit: V, entry: Entry | null): Promise<Answer> | Answer;
	acts?: Readonly<Record<string, Act<V>>>;
}

/** Pages with the same readers and the same head line: users' pages, or the desk. */
export interface Section<V extends Visit = Visit> {
	/** The guard: recognizes a reader of these pages, redirects others, or refuses. */
	open(visit: Visit): Promise<V | Redirect | Refusal> | V;
	/** The link of the product's name. */
	home: Path;
	/** Uses the width and the style sheet of the desk. */
	wide: boolean;
	links(visit: V): HeadLinks;
	/** The sentence about a flaw, by its code; null when this section has no words for the code. */
	flaw(visit: V, code: string, values: RefusalValues): string | null;
	/** Maximum size of a form, in bytes. */
	formLengthMax: number;
}

/** Links of the head line. */
export interface HeadLinks {
	label: string;
	links: readonly (readonly [href: Path, text: string])[];
}
