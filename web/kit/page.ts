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
	/** For a page of the setup: which of its steps. */
	step?: SetUpStep | undefined;
	/** The body itself says what was refused or done, so nothing above it does. */
	speaksForItself?: boolean;
	/** Seconds after which the browser asks for the page again; needs no script. */
	reloadAfter?: number | undefined;
}

/** Where the reader goes on. */
export interface Redirect {
	to: string;
	/** What was done; the page at `to` says it. */
	flash?: Flash | undefined;
	/** The session's new token; null ends the session in this browser. */
	token?: string | null | undefined;
	/** The language this browser keeps until a log-in; null: it forgets it. */
	language?: string | null | undefined;
}

/** A refusal of a form shows its page again; any other refusal is a page of its own. */
export type Answer = View | Redirect | Refusal;

/** A form as the reader sent it. */
export interface Entry {
	/** For what need not be typed again. Nothing secret is shown from it. */
	fields: Fields;
	/** Null where the reader goes back to change something. */
	refusal: Refusal | null;
	errors: FormErrors | null;
}

/** What one form of a page does. */
export interface Act<V extends Visit = Visit> {
	/** Fields that may not be empty, each with the code of the flaw that it then has. */
	required?: Readonly<Record<string, string>>;
	/** It sends an SMS: waits and caps are about that. */
	sends?: boolean;
	run(visit: V, fields: Fields): Promise<Answer> | Answer;
}

/** One page of the product: who sees it, what it shows, and what its forms do. */
export interface Page<V extends Visit = Visit> {
	path: Path;
	/** Whether the reader belongs here; others are led to their own next page. Without it the section decides alone. */
	isFor?(visit: V): boolean;
	/** `entry`: the form of this page that was sent and must be shown again; null when the page is only asked for. */
	show(visit: V, entry: Entry | null): Promise<Answer> | Answer;
	acts?: Readonly<Record<string, Act<V>>>;
}

/** Pages that share their readers and their head line: those of users, and the desk. */
export interface Section<V extends Visit = Visit> {
	/** The guard: recognizes a reader of these pages, leads others elsewhere, or refuses. */
	open(visit: Visit): Promise<V | Redirect | Refusal> | V;
	/** Where the product's name leads. */
	home: Path;
	/** Has the width and the style sheet of the desk. */
	wide: boolean;
	links(visit: V): HeadLinks;
	/** What is wrong with a field, by the code of the flaw; null for a code without words here. */
	flaw(visit: V, code: string, values: RefusalValues): string | null;
	/** Bytes that a form may have. */
	formLengthMax: number;
}

/** What leads from the head line to other pages. */
export interface HeadLinks {
	label: string;
	links: readonly (readonly [href: Path, text: string])[];
}
