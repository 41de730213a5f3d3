/** An address in its stored and compared form: trimmed, in lower case. */
export function normalizeEmail(typed: string): string {
	return typed.trim().toLowerCase();
}

/** A masked address that only its owner recognizes: the first character and the domain, `a•••@example.com`. */
export function maskEmail(email: string): string {
	const at = email.lastIndexOf('@');
	return at < 1 ? '•••' : `${email.slice(0, 1)}•••${email.slice(at)}`;
}
