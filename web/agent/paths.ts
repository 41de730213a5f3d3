import { PLACES } from '../places.js';

/** Where each page of the desk lies, as Express writes it. */
export const DESK_PATHS = {
	list: PLACES.desk,
	register: '/agent/register',
	batches: '/agent/batches',
	batch: '/agent/batches/:batchId',
	account: '/agent/accounts/:accountId',
	reissue: '/agent/accounts/:accountId/temporary-password',
	correct: '/agent/accounts/:accountId/email',
	erase: '/agent/accounts/:accountId/erasure',
} as const;

export function accountPath(accountId: string, page: 'account' | 'reissue' | 'correct' | 'erase' = 'account'): string {
	return DESK_PATHS[page].replace(':accountId', accountId);
}

export function batchPath(batchId: string): string {
	return DESK_PATHS.batch.replace(':batchId', batchId);
}
