import type { Speech } from '../words/speech.js';
import type { FormErrors } from './errors.js';

/** The errors of a form, first on the page and focused. Each line links to its field (WCAG 3.3.1). */
export function ErrorSummary({ speech, errors }: { speech: Speech; errors: FormErrors }) {
	return (
		<div class="summary" role="alert" aria-labelledby="summary-title" tabIndex={-1} autofocus data-focus>
			<h2 id="summary-title">{speech.words.common.problem}</h2>
			<ul>
				{errors.summary.map(({ text, field }) => (
					<li>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
				))}
			</ul>
		</div>
	);
}

/** The sentence of a flash, above the page. */
export function FlashLine({ text }: { text: string }) {
	return (
		<p class="flash" role="status">
			{text}
		</p>
	);
}
