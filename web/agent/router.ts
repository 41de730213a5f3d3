import { Router } from 'express';
import { type OnOtherMethod, refuseOtherMethods } from '../../api/http/methods.js';
import { refuse } from '../../domain/refusal.js';
import type { Pages } from '../visit.js';
import { accountPage } from './account.js';
import { correctPage, erasePage, reissuePage } from './account-acts.js';
import { batchesPage } from './batch.js';
import { batchPage } from './batch-progress.js';
import { deskHandler } from './desk.js';
import { listPage } from './list.js';
import { registerPage } from './register.js';

const PAGES = [listPage, registerPage, batchesPage, batchPage, accountPage, reissuePage, correctPage, erasePage];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The desk of Customer Success. What comes here went through the guards of every page already. */
export function deskRouter(pages: Pages, onOther: OnOtherMethod): Router {
	const router = Router({ strict: true, caseSensitive: true });
	// An id that cannot be one leads nowhere, like any other unknown path.
	for (const name of ['accountId', 'batchId']) {
		router.param(name, (_req, _res, next, id) => next(UUID.test(id) ? undefined : 'router'));
	}
	for (const page of PAGES) {
		router.get(page.path, deskHandler(pages, page.get));
		if (page.post) router.post(page.path, deskHandler(pages, page.post));
	}
	refuseOtherMethods(router, onOther);
	router.all(
		'/agent/*rest',
		deskHandler(pages, () => refuse('not-found')),
	);
	return router;
}
