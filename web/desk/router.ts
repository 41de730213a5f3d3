import { Router } from 'express';
import { refuse } from '../../domain/refusal.js';
import { PATHS } from '../kit/paths.js';
import { pageRouter, refuseAt } from '../kit/router.js';
import type { Pages } from '../kit/visit.js';
import { accountPage } from './account.js';
import { correctPage } from './account-correct.js';
import { correctPersonPage } from './account-person.js';
import { batchesPage } from './batch.js';
import { batchPage } from './batch-progress.js';
import { listPage } from './list.js';
import { REASON_PAGES } from './reason-pages.js';
import { registerPage } from './register.js';
import { deskSection } from './section.js';

const PAGES = [
	listPage,
	registerPage,
	batchesPage,
	batchPage,
	accountPage,
	correctPage,
	correctPersonPage,
	...REASON_PAGES,
];

/** The desk of Customer Success. */
export function deskRouter(pages: Pages): Router {
	const router = Router({ strict: true, caseSensitive: true });
	for (const page of PAGES) router.use(pageRouter(pages, deskSection, page));
	// Recognizes the reader first, so that strangers do not learn which paths of the desk exist.
	router.use(refuseAt(pages, deskSection, `${PATHS.desk}/*rest`, refuse('not-found')));
	return router;
}
