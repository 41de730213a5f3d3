import { hostname } from 'node:os';

/** Of the end of the machine's name, where names of one kind differ. */
const HOST_LENGTH = 8;

/** How this process names itself to Temporal. It stands in most events of every history, so a long name would fill them. */
export function processIdentity(): string {
	return `${process.pid}@${hostname().split('.')[0]?.slice(-HOST_LENGTH)}`;
}
