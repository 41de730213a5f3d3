import { isIP } from 'node:net';
import { z } from 'zod';
import { list } from './shapes.js';

/** Express's names for networks that are not on the Internet. */
const NAMED = ['loopback', 'linklocal', 'uniquelocal'];
/** CDN, firewall, load balancer, ingress, sidecar. Each hop too many lets a caller write its own address. */
const HOPS_MAX = 5;
/** Bits. The largest networks for private use are 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
const PREFIX_MIN = { 4: 8, 6: 7 };

/**
 * What Express's `trust proxy` takes: how many proxies stand in front, or their addresses and networks. `true`, which
 * trusts every caller, is a laptop's alone: `productionProblems` refuses it.
 */
export const proxies = z.string().transform((written, context): boolean | number | string[] => {
	if (written === 'true' || written === 'false') return written === 'true';
	if (/^\d+$/.test(written)) {
		const hops = Number(written);
		if (hops <= HOPS_MAX) return hops;
		context.addIssue(
			`must be ${HOPS_MAX} at most as a number of proxies: behind fewer, callers choose their own address`,
		);
		return z.NEVER;
	}
	const networks = list(written);
	if (networks.length > 0 && networks.every(isNetwork)) return networks;
	context.addIssue(
		`must be false, a number of proxies, or their addresses and networks (10.0.0.0/8, fc00::/7, ${NAMED.join(', ')}), none larger than those two`,
	);
	return z.NEVER;
});

function isNetwork(written: string): boolean {
	if (NAMED.includes(written)) return true;
	const [address = '', prefix, ...more] = written.split('/');
	const family = isIP(address);
	// An IPv4 address in the form of IPv6 would have another count of bits.
	if (more.length > 0 || (family !== 4 && family !== 6) || /^::ffff:/i.test(address)) return false;
	if (prefix === undefined) return true;
	const bits = Number(prefix);
	return /^\d{1,3}$/.test(prefix) && bits >= PREFIX_MIN[family] && bits <= (family === 4 ? 32 : 128);
}
