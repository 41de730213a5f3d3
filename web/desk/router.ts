import { Router } from 'express';
import { refuse } from '../../domain/refusal.js';
import { PATHS } from '../kit/paths.js';
import { pageRouter, refuseAt } from '../kit/router.js';
import type { Pages } from '../kit/visit.js';
import { accountPage } from './account.js';
import { erasePage, reissuePage } from './account-acts.js';
import { correctPage } from './account-correct.js';
import { HELP_PAGES } from './account-help.js';
import { correctPersonPage } from './account-person.js';
import { batchesPage } from './batch.js';
import { batchPage } from './batch-progress.js';
import { listPage } from './list.js';
import { registerPage } from './register.js';
import { deskSection } from './section.js';

const PAGES = [
	listPage,
	registerPage,
	batchesPage,
	batchPage,
	accountPage,
	reissuePage,
	correctPage,
	correctPersonPage,
	...HELP_PAGES,
	erasePage,
];

/** The desk of Customer Success. */
export function deskRouter(pages: Pages): Router {
	const router = Router({ strict: true, caseSensitive: true });
	for (const page of PAGES) router.use(pageRouter(pages, deskSection, page));
	// Recognizes the reader first, so that strangers do not learn which paths of the desk exist.
	router.use(refuseAt(pages, deskSection, `${PATHS.desk}/*rest`, refuse('not-found')));
	return router;
}
