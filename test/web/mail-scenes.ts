import { composeMail } from '../../activities/delivery/compose.js';
import type { MailTemplate } from '../../activities/delivery/words/words.js';
import { TEMPLATES } from '../../domain/message.js';
import { after, DAY_MS, MINUTE_MS } from '../../domain/time.js';
import { START } from '../acts/acts.js';
import type { Scene } from './scenes.js';
import { CONTACT } from './site.js';

const MAILS = TEMPLATES.filter((template): template is MailTemplate => template !== 'passcode');

/** Every mail, as a reader's program shows its HTML. */
export const MAIL_SCENES: readonly Scene[] = MAILS.map((template) => ({
	name: `mail-${template}`,
	open: async ({ site, page, lang }) => {
		const mail = composeMail(
			{
				template,
				locale: lang === 'en' ? 'en-GB' : lang,
				to: 'ana.prado@example.com',
				name: 'Ana Prado',
				params: {
					temporaryPassword: 'k7hq-m9fw-dpx3-tnc4-vrgz-8bjy-s5ea',
					expiresAt: after(START, DAY_MS),
					...(template !== 'phone-verified' && { passwordChangedAt: after(START, 5 * MINUTE_MS) }),
					...(template === 'authenticator-confirmed' && { authenticatorConfirmedAt: after(START, 6 * MINUTE_MS) }),
					...(template === 'phone-verified' && { phone: '+351 ••••••• 78' }),
				},
			},
			{ productName: site.api.productName, supportContact: CONTACT, logInUrl: `${site.url}/log-in`, timeZone: 'UTC' },
		);
		await page.setContent(mail?.html ?? '');
	},
}));
