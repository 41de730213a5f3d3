/** A picture of a mobile token: a phone with a code and the ring of its lifetime. It adds no information to the text. */
export function TokenPicture() {
	return (
		<svg class="picture" viewBox="0 0 240 240" aria-hidden="true" focusable="false">
			<circle class="picture-halo" cx="120" cy="120" r="112" />
			<circle class="picture-track" cx="120" cy="120" r="92" />
			<path class="picture-turn" d="M120 28a92 92 0 1 1-79.7 46" />
			<rect class="picture-phone" x="79" y="40" width="82" height="160" rx="17" />
			<rect class="picture-screen" x="85" y="46" width="70" height="148" rx="12" />
			<rect class="picture-line" x="110" y="53" width="20" height="4" rx="2" />
			<circle class="picture-dial" cx="120" cy="92" r="14" />
			<path class="picture-hand" d="M120 78a14 14 0 1 1-12.1 7" />
			<text class="picture-code" x="120" y="136">
				482 915
			</text>
			<rect class="picture-bar" x="99" y="150" width="42" height="4" rx="2" />
			<rect class="picture-bar" x="107" y="161" width="26" height="4" rx="2" />
		</svg>
	);
}
