/** The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), and the characters of its extension, which cost two. */
const DEFAULT =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '^{}\\[~]|€';

/** How many SMS a text is billed as: 160 septets alone, 153 in a chain; 70 or 67 where one character is not GSM's. */
export function segments(text: string): number {
	const characters = [...text];
	const gsm = characters.every((character) => DEFAULT.includes(character) || EXTENSION.includes(character));
	const length = gsm
		? text.length + characters.filter((character) => EXTENSION.includes(character)).length
		: text.length;
	const [alone, chained] = gsm ? [160, 153] : [70, 67];
	return length <= alone ? 1 : Math.ceil(length / chained);
}
