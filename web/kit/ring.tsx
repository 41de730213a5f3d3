/** Radius in the drawing's units, so that a whole turn is 100. */
const RADIUS = 15.9155;

/** The product's mark, and the progress of the setup: a ring like the one that shows a code's lifetime in an app. */
export function Ring({ done, of, children }: { done: number; of: number; children?: string }) {
	const turn = (100 * done) / of;
	return (
		<svg class="ring" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
			<circle class="ring-track" cx="20" cy="20" r={RADIUS} />
			{turn > 0 && <circle class="ring-turn" cx="20" cy="20" r={RADIUS} stroke-dasharray={`${turn} 100`} />}
			{turn >= 100 && <path class="ring-check" d="m13.5 20.5 4.5 4.5 8.5-9.5" />}
			{children && turn < 100 && (
				<text class="ring-text" x="20" y="24.5">
					{children}
				</text>
			)}
		</svg>
	);
}
