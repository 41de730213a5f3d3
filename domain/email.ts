/** An address as it is kept and compared: trimmed, in lower case. */
export function normalizeEmail(typed: string): string {
	return typed.trim().toLowerCase();
}

/** An address only its owner recognizes: the first character and the domain, `a•••@example.com`. */
export function maskEmail(email: string): string {
	const at = email.lastIndexOf('@');
	return at < 1 ? '•••' : `${email.slice(0, 1)}•••${email.slice(at)}`;
}
