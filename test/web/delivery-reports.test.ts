import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportMessage } from '../../acts/deliveries/report.js';
import { messagesOf, workOn } from '../activities/platform.js';
import { withPasscode } from '../acts/acts.js';
import { pgliteDatabase } from '../setup/databases.js';
import { speak } from './scenes.js';
import { openSite, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
	site = await openSite(pgliteDatabase, { policy: { passcodesPerNumberPerDay: 100 } });
});
afterAll(() => site?.close());

test.each([
	['en', 'The SMS was delivered.', 'The phone was off or without signal.', 'The SMS could not be delivered.'],
	['pt', 'O SMS foi entregue.', 'O telefone estava desligado ou sem rede.', 'O SMS não pôde ser entregue.'],
	['es', 'El SMS se ha entregado.', 'El teléfono estaba apagado o sin cobertura.', 'No se ha podido entregar el SMS.'],
	['ar', 'تم تسليم رسالة SMS.', 'كان الهاتف مغلقًا أو بلا إشارة.', 'تعذّر تسليم رسالة SMS.'],
])('the code page says in %s that the SMS was delivered, or why not', async (locale, delivered, why, failed) => {
	const reports = [
		['delivered', undefined, delivered],
		['undelivered', '30003', why],
		['failed', undefined, failed],
	] as const;
	for (const [status, errorCode, words] of reports) {
		const { id, token } = await withPasscode(site);
		await speak(site, id, locale);
		const messageId = (await messagesOf(site, id, 'passcode'))[0]?.id ?? '';
		await workOn(site).work.deliverSms({ messageId });
		await reportMessage(site.api, { messageId, status, errorCode, providerId: null });
		const page = await fetch(`${site.url}/set-up/phone/code`, { headers: { Cookie: `session=${token}` } });
		expect(await page.text()).toContain(words);
	}
});
