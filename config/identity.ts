import { hostname } from 'node:os';

/** Characters from the end of the host name, where names of one cluster differ. */
const HOST_LENGTH = 8;

/** How this process names itself to Temporal. It stands in most events of every history, so a long name would fill them. */
export function processIdentity(): string {
	return `${process.pid}@${hostname().split('.')[0]?.slice(-HOST_LENGTH)}`;
}
