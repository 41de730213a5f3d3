import { BlockList, isIP } from 'node:net';

/**
 * The network of a request, as limits and the audit use it: an IPv4 address as it is, an IPv6 address as its /64, since
 * one subscriber owns at least that many addresses. Anything else is `unknown`.
 */
export function networkOf(ip: string | undefined): string {
	const address = addressOf(ip ?? '');
	if (isIP(address) === 4) return address;
	return isIP(address) === 6 ? `${firstFourGroups(address).join(':')}::/64` : 'unknown';
}

/** Express's names for networks that are not on the Internet (RFC 1122, RFC 3927, RFC 1918, RFC 4291, RFC 4193). */
const NAMED: Record<string, string[]> = {
	loopback: ['127.0.0.0/8', '::1/128'],
	linklocal: ['169.254.0.0/16', 'fe80::/10'],
	uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * Express's `trust proxy`. Of a list it makes the check itself, since Express knows no proxy by an address with a port
 * behind it, as some proxies write into `X-Forwarded-For`.
 */
export function trustOf(trustProxy: boolean | number | string[]): boolean | number | ((address: string) => boolean) {
	if (!Array.isArray(trustProxy)) return trustProxy;
	const proxies = new BlockList();
	for (const network of trustProxy.flatMap((written) => NAMED[written] ?? [written])) {
		const [address = '', prefix] = network.split('/');
		const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
		proxies.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
	}
	return (written) => {
		const address = addressOf(written);
		const family = isIP(address);
		return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
	};
}

/** An address alone: without the port that some proxies write behind it, without a zone, IPv4 not as IPv6. */
function addressOf(written: string): string {
	const inBrackets = /^\[([0-9a-f:.]+)\](?::\d{1,5})?$/i.exec(written)?.[1];
	const beforePort = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(written)?.[1];
	if (inBrackets !== undefined && isIP(inBrackets) !== 6) return '';
	const address = (inBrackets ?? beforePort ?? written).replace(/%.*$/, '');
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	return mapped && isIP(mapped) === 4 ? mapped : address;
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
