const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the shape of our ids and keys (RFC 9562). */
export function isUuid(text: string): boolean {
	return UUID.test(text);
}
