import { isIP } from 'node:net';

/**
 * The network a request came from, as limits and the audit know it: an IPv4 address as it is, an IPv6 address as its
 * /64, since one subscriber owns at least that many addresses. Anything else is `unknown`.
 */
export function networkOf(ip: string | undefined): string {
	const address = (ip ?? '').replace(/%.*$/, '');
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped && isIP(mapped) === 4) return mapped;
	if (isIP(address) === 4) return address;
	return isIP(address) === 6 ? `${firstFourGroups(address).join(':')}::/64` : 'unknown';
}

/** Of an IPv6 address: URL writes it in the one shortest way (RFC 5952), so only `::` is left to spell out. */
function firstFourGroups(address: string): string[] {
	const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
	const [head = '', tail] = shortest.split('::');
	const before = head.split(':').filter(Boolean);
	const after = (tail ?? '').split(':').filter(Boolean);
	const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
	return [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, 4);
}
