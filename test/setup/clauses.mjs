/** The ids of clauses of `docs/standards.md` in a text, each once, in the order of the document. */
export function clausesIn(text) {
	return inOrder(new Set(text.match(/\bS-\d+[a-d]?\b/g) ?? []));
}

/** `S-2` before `S-18`, `S-18` before `S-18a`. */
export function inOrder(ids) {
	return [...ids].sort((a, b) => Number.parseInt(a.slice(2), 10) - Number.parseInt(b.slice(2), 10) || (a < b ? -1 : 1));
}
