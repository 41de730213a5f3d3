export function clausesIn(text: string): string[];
export function inOrder(ids: Iterable<string>): string[];
