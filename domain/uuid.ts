const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether something is text with the shape of our ids and keys (RFC 9562). */
export function isUuid(text: unknown): text is string {
	return typeof text === 'string' && UUID.test(text);
}
