/** Zeros of the scripts whose digits a phone's keyboard may type: Arabic-Indic, its eastern kind, Devanagari, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10];

/** The text with every digit in ASCII, so that a user may type a code in the digits of any script. */
export function withAsciiDigits(text: string): string {
	return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (digit) => {
		const point = digit.charCodeAt(0);
		const zero = ZEROS.find((start) => point >= start && point <= start + 9) ?? 0;
		return String(point - zero);
	});
}
