import { createApp } from '../../api/app.js';
import { startServer } from '../../api/http/server.js';
import type { Policy } from '../../domain/policy.js';
import { createPages, type PageOptions } from '../../web/index.js';
import { type Acts, openActs } from '../acts/acts.js';
import type { TestDatabase } from '../setup/databases.js';

/** The whole application on a real port and a real database, with a clock to move. */
export interface Site extends Acts {
	url: string;
	/** Ends the server and the database. */
	close(): Promise<void>;
}

export interface SiteOptions extends Partial<PageOptions> {
	policy?: Partial<Policy>;
}

export const CONTACT = 'support@example.com';

export async function openSite(
	open: () => Promise<TestDatabase>,
	{ policy, ...options }: SiteOptions = {},
): Promise<Site> {
	const acts = await openActs(open, policy);
	const { productName } = acts.api;
	const pageOptions = {
		publicUrl: 'http://127.0.0.1',
		productName,
		supportContact: CONTACT,
		platformUrl: null,
		...options,
	};
	const app = createApp(acts.api, {
		publicUrl: pageOptions.publicUrl,
		health: async () => ({ database: 'up', draining: false, temporal: 'up', delayedEmails: 0, workers: 1 }),
		extraRouters: [createPages(acts.api, pageOptions)],
	});
	const server = await startServer(app, { host: '127.0.0.1', port: 0 });
	return {
		...acts,
		url: server.url,
		close: async () => {
			await server.stop(0);
			await acts.stop();
		},
	};
}
