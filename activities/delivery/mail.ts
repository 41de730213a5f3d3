/** One part of a mail. Text and HTML are both drawn from the same parts, so neither says more than the other. */
export type Part =
	| { kind: 'paragraph'; text: string }
	/** The one value that is typed or copied. Stands alone on its line. */
	| { kind: 'secret'; label: string; value: string }
	| { kind: 'fact'; label: string; value: string }
	| { kind: 'steps'; title: string; items: readonly string[] }
	| { kind: 'button'; label: string; url: string }
	/** A question that the reader may have, with its answer. Quieter than a paragraph. */
	| { kind: 'answer'; question: string; text: string };

/** A mail in words, before it is drawn. */
export interface Mail {
	subject: string;
	/** What a list of mails shows beside the subject; never a secret. */
	preheader: string;
	heading: string;
	greeting: string;
	parts: readonly Part[];
	footer: string;
}

/** How a mail is drawn, whatever it says. */
export interface Letterhead {
	productName: string;
	/** BCP 47. */
	language: string;
	direction: 'ltr' | 'rtl';
	/** Made a link wherever the mail names it. */
	supportContact: string | null;
}
