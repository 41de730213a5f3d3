import type { ComponentChildren } from 'preact';
import type { Refusal } from '../domain/refusal.js';
import type { Fields } from './http/form.js';
import type { SetUpStep } from './layout/steps.js';
import type { Place } from './places.js';
import type { Trouble } from './refusals.js';
import type { Visit } from './visit.js';
import type { Notice } from './words/notices.js';

/** What an act of a page came to: where to go on, with a new token when there is one. */
export interface Done {
	to: string;
	/** What the page there says of it. */
	notice?: Notice;
	/** Null ends the session here. */
	token?: string | null | undefined;
}

export interface Act {
	/** Fields that may not be empty, each with the code of the flaw that it then has. */
	required?: Readonly<Record<string, string>>;
	/** It sends an SMS: waits and caps are about that. */
	sends?: boolean;
	run(visit: Visit, fields: Fields): Promise<Done | Refusal>;
}

/** What was asked for and refused; null on a page that is only looked at. */
export interface Attempt {
	refusal: Refusal;
	/** As sent, for what need not be typed again. Nothing secret is shown from it. */
	fields: Fields;
	trouble: Trouble;
}

/** One page of the product: who sees it, what it says, and what can be done on it. */
export interface Page {
	place: Place;
	/** Whether the reader stands here. Others are led to where they stand. */
	isFor(visit: Visit): boolean;
	/** For a page of the setup: which of its steps. */
	step?: SetUpStep;
	title(visit: Visit, attempt: Attempt | null): string;
	body(visit: Visit, attempt: Attempt | null): ComponentChildren | Promise<ComponentChildren>;
	/** Whether the page itself is about what was refused, and needs no summary of it. */
	tells?(attempt: Attempt | null): boolean;
	acts: Readonly<Record<string, Act>>;
}
