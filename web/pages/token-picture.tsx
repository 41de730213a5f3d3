/** What a mobile token looks like: a phone with a code, and the ring of its time. Says nothing that the text does not. */
export function TokenPicture() {
	return (
		<svg class="picture" viewBox="0 0 240 240" aria-hidden="true" focusable="false">
			<circle class="picture-halo" cx="120" cy="120" r="112" />
			<circle class="picture-track" cx="120" cy="120" r="92" />
			<path class="picture-turn" d="M120 28a92 92 0 1 1-79.7 46" />
			<rect class="picture-phone" x="74" y="48" width="92" height="144" rx="16" />
			<rect class="picture-screen" x="82" y="60" width="76" height="120" rx="8" />
			<text class="picture-code" x="120" y="118">
				482 915
			</text>
			<rect class="picture-line" x="98" y="134" width="44" height="5" rx="2.5" />
		</svg>
	);
}
