import type { Trouble } from '../refusals.js';
import type { Speech } from '../speech.js';

/** What was refused and why, first on the page and focused, each line leading to its field (WCAG 3.3.1). */
export function ErrorSummary({ speech, trouble }: { speech: Speech; trouble: Trouble | null }) {
	if (!trouble) return null;
	return (
		<div class="summary" role="alert" aria-labelledby="summary-title" tabIndex={-1} autofocus data-focus>
			<h2 id="summary-title">{speech.words.common.problem}</h2>
			<ul>
				{trouble.problems.map(({ text, field }) => (
					<li>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
				))}
			</ul>
		</div>
	);
}

/** Something worth a word that is no refusal. */
export function NoticeLine({ text }: { text: string | null | undefined }) {
	return text ? (
		<p class="notice" role="status">
			{text}
		</p>
	) : null;
}
