import type { ComponentChildren } from 'preact';
import { Corner } from './corner.js';
import { renderDocument } from './document.js';
import { ErrorSummary, FlashLine } from './error-summary.js';
import { LanguageChoice } from './language-choice.js';
import type { Entry, Section, View } from './page.js';
import { Steps } from './steps.js';
import type { Visit } from './visit.js';

/** A page as HTML: head line, steps of the setup, errors or flash, and body. */
export function frameView<V extends Visit>(visit: V, section: Section<V>, view: View, entry: Entry | null): string {
	const children = (
		<>
			{!view.speaksForItself && <Told visit={visit} entry={entry} />}
			{view.body}
		</>
	);
	return renderDocument({
		...shared(visit),
		title: view.title,
		failed: entry?.errors != null,
		home: section.home,
		wide: section.wide,
		corner: <Corner visit={visit} links={section.links(visit)} />,
		children: view.step ? (
			<div class="set-up">
				<Steps speech={visit.speech} at={view.step} />
				<div class="card">{children}</div>
			</div>
		) : section.wide ? (
			<div class="desk">{children}</div>
		) : (
			children
		),
	});
}

/** A page outside the sections. It names no reader, because the database may have failed. */
export function framePlain(
	visit: Visit,
	plain: { title: string; failed: boolean; children: ComponentChildren },
): string {
	return renderDocument({ ...shared(visit), ...plain, corner: <LanguageChoice visit={visit} /> });
}

function shared({ speech, options: { productName, supportContact } }: Visit) {
	return { speech, productName, supportContact };
}

function Told({ visit: { speech, flash }, entry }: { visit: Visit; entry: Entry | null }) {
	if (entry?.errors) {
		return (
			<div class="told">
				<ErrorSummary speech={speech} errors={entry.errors} />
			</div>
		);
	}
	if (entry || !flash) return null;
	return (
		<div class="told">
			<FlashLine text={{ ...speech.words.flashes, ...speech.desk.flashes }[flash]} />
		</div>
	);
}
