import type { Page } from 'playwright-core';
import { createBatches } from '../../activities/batches.js';
import { register, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import { startBatch } from '../../acts/batches/batches.js';
import { putPhone } from '../../acts/phone/phone.js';
import { endMessage } from '../../acts/time/end-message.js';
import { markSent } from '../../database/messages.js';
import type { MessageReason } from '../../domain/message.js';
import { HOUR_MS } from '../../domain/time.js';
import { agent, complete, confirmed, ok, registered, user, withPassword } from '../acts/acts.js';
import { agentAtWork, takeSession } from './agent-desk.js';
import { type Scene, type Stage, speak } from './scenes.js';
import type { Site } from './site.js';

/** Every page of the desk. */
export const DESK_SCENES: readonly Scene[] = [
	{ name: 'desk-list', open: (stage) => at(stage, () => '/agent') },
	{ name: 'desk-attention', open: (stage) => at(stage, () => '/agent?show=attention') },
	{ name: 'desk-nobody', open: (stage) => at(stage, () => '/agent?email=nobody-at-all') },
	{ name: 'desk-account', open: (stage) => at(stage, ({ stuck }) => `/agent/accounts/${stuck}`) },
	{ name: 'desk-account-expired', open: (stage) => at(stage, ({ expired }) => `/agent/accounts/${expired}`) },
	{ name: 'desk-account-done', open: (stage) => at(stage, ({ done }) => `/agent/accounts/${done}`) },
	{
		name: 'desk-reissue',
		open: (stage) => at(stage, ({ expired }) => `/agent/accounts/${expired}/temporary-password`),
	},
	{ name: 'desk-correct', open: (stage) => at(stage, ({ expired }) => `/agent/accounts/${expired}/email`) },
	{ name: 'desk-freeze', open: (stage) => at(stage, ({ done }) => `/agent/accounts/${done}/freeze`) },
	{ name: 'desk-person', open: (stage) => at(stage, ({ done }) => `/agent/accounts/${done}/person`) },
	{ name: 'desk-erase', open: (stage) => at(stage, ({ done }) => `/agent/accounts/${done}/erasure`) },
	{
		name: 'desk-register-refused',
		open: async (stage) => {
			await at(stage, () => '/agent/register');
			await stage.page.locator('#email').fill('ana@');
			await check(stage.page);
		},
	},
	{
		name: 'desk-many-checked',
		open: async (stage) => {
			await at(stage, () => '/agent/batches');
			await stage.page
				.locator('textarea')
				.first()
				.fill('Email;Name\nbo@example.org;Bo Lindqvist\nana@;Ana\nbo@example.org;Bo');
			await stage.page.locator('#reason').fill('new branch in Porto');
			await check(stage.page);
		},
	},
	{ name: 'desk-many-running', open: (stage) => at(stage, ({ batch }) => `/agent/batches/${batch}`) },
];

/** Whom the desk shows, by what there is to see about them. */
interface Town {
	carla: { id: string; token: string };
	stuck: string;
	expired: string;
	done: string;
	batch: string;
}

const towns = new WeakMap<Site, Promise<Town>>();

async function at({ site, page, lang }: Stage, path: (town: Town) => string): Promise<void> {
	const settling = towns.get(site) ?? settle(site);
	towns.set(site, settling);
	const town = await settling;
	await speak(site, town.carla.id, lang);
	await takeSession(page.context(), site.url, town.carla.token);
	await page.goto(path(town));
}

/** Sends the form of the page. */
async function check(page: Page): Promise<void> {
	await page.locator('main form[method=post] button[type=submit]').first().click();
	await page.waitForLoadState();
}

async function settle(site: Site): Promise<Town> {
	const now = site.clock.now();
	site.clock.pass(-25 * HOUR_MS);
	const expired = await person(site, 'joana.mendes@example.com', 'Joana Mendes');
	ok(await reissueTemporaryPassword(site.api, agent, { accountId: expired, reason: 'the first mail was deleted' }));
	await handOver(site, expired);
	site.clock.pass(20 * HOUR_MS);
	await handOver(site, await person(site, 'dmitri.orlov@example.com', 'Dmitri Orlov'));
	await handOver(site, await person(site, 'yuki.tanaka@example.com', 'Yuki Tanaka'));
	site.clock.set(now);
	const carla = await agentAtWork(site);
	const refused = await person(site, 'p.okafor@exmaple.com', 'Precious Okafor');
	await fail(site, refused, 'address-refused');
	await handOver(site, (await withPassword(site)).id);
	const { id: stuck, token } = await confirmed(site);
	await handOver(site, stuck);
	ok(await putPhone(site.api, user(token), { number: '+351912345678' }));
	await fail(site, stuck, 'handset-unreachable');
	const { id: done } = await complete(site);
	await handOver(site, done);
	await call(site, stuck, 'ines.carvalho@example.com', 'Inês Carvalho');
	await call(site, done, 'tomas.ferreira@example.com', 'Tomás Ferreira');
	const batch = await aBatch(site);
	return { carla, stuck, expired, done, batch };
}

async function person(site: Site, email: string, name: string): Promise<string> {
	return ok(await register(site.api, agent, { email, name, reason: 'customer since 2024' })).id;
}

/** Gives a name to an account, and marks its mails as sent. */
async function call(site: Site, id: string, email: string, name: string): Promise<void> {
	await site.db.updateTable('accounts').set({ email, name }).where('id', '=', id).execute();
	const mail = site.db.updateTable('messages').set({ state: 'sent', reason: null, recipient: email });
	await mail.where('accountId', '=', id).where('channel', '=', 'email').execute();
}

/** All that the account is owed was sent. */
async function handOver(site: Site, accountId: string): Promise<void> {
	for (const id of await messagesOf(site, accountId)) await markSent(site.db, id, null, site.clock.now());
}

/** All that the account is owed failed, as a delivery ends it. */
async function fail(site: Site, accountId: string, reason: MessageReason): Promise<void> {
	const ids = await messagesOf(site, accountId);
	for (const id of ids) await endMessage(site.api, { accountId, id }, reason);
}

async function messagesOf(site: Site, accountId: string): Promise<string[]> {
	const rows = await site.db
		.selectFrom('messages')
		.select('id')
		.where('accountId', '=', accountId)
		.where('state', '=', 'queued')
		.execute();
	return rows.map(({ id }) => id);
}

/** Half-way, with one who has an account already. */
async function aBatch(site: Site): Promise<string> {
	const known = await registered(site);
	const people = [known.email, ...Array.from({ length: 39 }, (_, i) => `person-${i}@branch.example`)];
	const batch = ok(
		await startBatch(site.api, agent, { people: people.map((email) => ({ email })), reason: 'new branch in Porto' }),
	);
	await createBatches(site.api).registerRows({ batchId: batch.id, limit: 18 });
	return batch.id;
}
