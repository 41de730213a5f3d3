import { describe, expect, test } from 'vitest';
import { composeMail, type MailContent, type MailSetting } from '../../activities/delivery/compose.js';
import { speechFor } from '../../activities/delivery/words/catalogue.js';
import { TEMPLATES } from '../../domain/message.js';
import { segments } from './gsm.js';
import { readHtml, wordsIn } from './readable.js';

const PASSWORD = 'k7hq-m9fw-dpx3-tnc4-vrgz-8bjy-s5ea';
const PASSWORD_SHAPE = /^[a-z0-9]+(-[a-z0-9]+)+$/i;
const PHONE = '+351 ••••••• 78';
const EXPIRES_AT = '2026-11-25T08:00:00.000Z';
/** Everything that any mail says. */
const PARAMS = {
	temporaryPassword: PASSWORD,
	expiresAt: EXPIRES_AT,
	passwordChangedAt: '2026-11-24T09:05:00.000Z',
	authenticatorConfirmedAt: '2026-11-24T09:06:00.000Z',
	phone: PHONE,
};
const LOCALES = ['en', 'pt', 'es', 'ar'];
const MAILS = TEMPLATES.filter((template) => template !== 'passcode');
const EVERY_MAIL = LOCALES.flatMap((locale) => MAILS.map((template) => [locale, template] as const));

const SETTING: MailSetting = {
	productName: 'Mobile-Token & <Co>',
	supportContact: 'support@platform.example',
	logInUrl: 'https://login.platform.example:8443/log-in',
	timeZone: 'UTC',
};

function compose(content: Partial<MailContent>, setting: Partial<MailSetting> = {}) {
	const composed = composeMail(
		{
			template: 'temporary-password',
			locale: 'en',
			to: 'ana.lima@reader.example',
			name: 'Ana <b>Lima',
			params: PARAMS,
			...content,
		},
		{ ...SETTING, ...setting },
	);
	if (!composed) throw new Error('nothing was composed');
	return composed;
}

describe.each(EVERY_MAIL)('in %s, %s', (locale, template) => {
	const mail = compose({ locale, template, name: 'Ana Lima' });

	test('leaves nothing blank', () => {
		for (const part of [mail.subject, mail.text, mail.html]) {
			expect(part).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid/);
		}
		expect(mail.subject).toContain('Mobile-Token');
		expect(mail.text).toContain('Ana Lima');
	});

	test('says in text what it says in HTML, no more and no less', () => {
		expect(readHtml(mail.html).words).toEqual(wordsIn(mail.text));
	});

	test('shows no secret in the list of mails', () => {
		for (const hidden of [mail.subject, readHtml(mail.html).preheader]) {
			expect(hidden).not.toContain(PASSWORD);
			expect(hidden).not.toContain('ana.lima');
			expect(hidden).not.toContain('78');
		}
		expect(readHtml(mail.html).preheader.length).toBeGreaterThan(20);
	});

	test('S-29 loads nothing, tracks no reader, and links to the log-in page and to support alone', () => {
		expect(mail.html).not.toMatch(/<(img|link|script|iframe|object|form)|url\(|@import|\bsrc=/i);
		const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
		const known = ['https://login.platform.example:8443/log-in', 'mailto:support@platform.example'];
		expect(known).toEqual(expect.arrayContaining(links));
		expect(links).toContain('mailto:support@platform.example');
	});

	test('is written in its direction, for light and for dark', () => {
		const direction = locale === 'ar' ? 'rtl' : 'ltr';
		expect(mail.html).toContain(`<html lang="${locale}" dir="${direction}">`);
		expect(mail.html).toContain('<meta name="color-scheme" content="light dark">');
		expect(mail.html).toContain('prefers-color-scheme:dark');
	});
});

describe('the temporary password', () => {
	test.each(LOCALES)('stands alone on its line, the only one of its shape: %s', (locale) => {
		const { text } = compose({ locale });
		expect(text.split('\n').filter((line) => PASSWORD_SHAPE.test(line))).toEqual([PASSWORD]);
	});

	test('comes with the address of the page to log in, and until when', () => {
		const { text } = compose({});
		expect(text.split('\n')).toContain('https://login.platform.example:8443/log-in');
		expect(text).toContain('Wednesday, November 25, 2026 at 8:00 AM UTC');
	});

	test.each([
		['en-GB', 'Wednesday 25 November 2026 at 08:00 UTC'],
		['pt-BR', 'quarta-feira, 25 de novembro de 2026 às 08:00 UTC'],
		['es-MX', 'miércoles, 25 de noviembre de 2026'],
		['ar', '25 نوفمبر 2026'],
		['ar-SA', '٢٥ نوفمبر ٢٠٢٦'],
		['fa', 'Wednesday, November 25, 2026'],
	])('writes the date as %s does, in the Gregorian calendar', (locale, date) => {
		expect(
			compose({ locale })
				.text.replace(/[\u202f\u00a0]/g, ' ')
				.replace('Wednesday, 25', 'Wednesday 25'),
		).toContain(date);
	});

	test('names another time zone when told', () => {
		expect(compose({}, { timeZone: 'America/New_York' }).text).toMatch(/November 25, 2026 at 3:00\sAM EST/);
	});
});

describe('a notice', () => {
	test('names the changes that it carries, and no other', () => {
		const { phone, passwordChangedAt, authenticatorConfirmedAt } = PARAMS;
		const params = { passwordChangedAt, authenticatorConfirmedAt };
		const first = compose({ template: 'authenticator-confirmed', params }).text;
		expect(first).toMatch(/Password changed:\s+Tuesday, November 24, 2026 at 9:05\sAM UTC/);
		expect(first).toMatch(/Mobile token active since:\s+Tuesday, November 24, 2026 at 9:06\sAM UTC/);
		expect(first).not.toContain('Fallback phone:');
		const second = compose({ template: 'phone-verified', params: { phone } }).text;
		expect(second).toContain(phone);
		expect(second).not.toMatch(/Password changed:|Mobile token active since:/);
	});
});

describe('a notice, to a reader who did not do it', () => {
	const NOTICES = MAILS.filter((template) => !['temporary-password', 'phone-reminder'].includes(template));

	test.each(LOCALES.flatMap((locale) => NOTICES.map((template) => [locale, template] as const)))(
		'S-34 says whom to contact: %s, %s',
		(locale, template) => {
			const { text, html } = compose({ locale, template });
			expect(text).toContain('support@platform.example');
			expect(html).toContain('href="mailto:support@platform.example"');
		},
	);
});

describe('the mail to an address that was corrected', () => {
	test.each(LOCALES)('names no address but where to ask: %s', (locale) => {
		const { text } = compose({ locale, template: 'email-corrected', to: 'old@reader.example' });
		expect(new Set(text.match(/[\w.+-]+@[\w.-]+\w/g))).toEqual(new Set(['support@platform.example']));
	});
});

describe('what is put into a mail', () => {
	test('is text, never markup', () => {
		const { html } = compose({ name: `O'Neil "x"` }, { supportContact: `"><i>@platform.example` });
		expect(html).toContain('Mobile-Token &amp; &lt;Co&gt;');
		expect(html).toContain('O&#39;Neil &quot;x&quot;');
		expect(html).not.toContain('<i>');
		expect(html).not.toContain('<Co>');
	});

	test.each([
		['https://help.example/cs?a=1&b=2', 'href="https://help.example/cs?a=1&amp;b=2"'],
		['+351 210 000 000', 'href="tel:+351210000000"'],
		['cs@help.example', 'href="mailto:cs@help.example"'],
	])('the support contact %s is a link', (supportContact, href) => {
		expect(compose({}, { supportContact }).html).toContain(href);
	});

	test.each(['the second floor', 'javascript:alert(1)', null])('the support contact %s is none', (supportContact) => {
		const { html, text } = compose({ template: 'password-changed' }, { supportContact });
		expect(html).not.toContain('href=');
		if (supportContact) expect(text).toContain(supportContact);
		else expect(text).not.toContain('()');
	});

	test.each([
		['Ana', 'Hello Ana,'],
		['José María Ñ', 'Hello José María Ñ,'],
		['J.R. Tolkien', 'Hello J.R. Tolkien,'],
		['  Ana\t\n Lima ', 'Hello Ana Lima,'],
		['نازنین\u200cزهرا', 'Hello نازنین\u200cزهرا,'],
		['evil.example', 'Hello,'],
		['Ana @ evil', 'Hello,'],
		['Call 0900 123456 now, your account is locked', 'Hello,'],
		[' \u200e\u0000 ', 'Hello,'],
		[null, 'Hello,'],
	])('the name %j greets as %j', (name, greeting) => {
		expect(compose({ name }).text.split('\n')).toContain(greeting);
	});
});

describe('a locale', () => {
	test.each([
		['pt-BR', 'pt'],
		['PT', 'pt'],
		['es-419', 'es'],
		['ar-EG', 'ar'],
		['de', 'en'],
		['', 'en'],
		['not a locale!', 'en'],
		['../../etc', 'en'],
	])('%j is spoken to in %s', (locale, language) => {
		expect(speechFor(locale).words.language).toBe(language);
	});

	test.each([
		['en', 60_000, '1 minute'],
		['en', 599_800, '10 minutes'],
		['en', -5, '1 minute'],
		['es', 600_000, '10 minutos'],
		['pt', 60_000, '1 minuto'],
		['ar', 120_000, 'دقيقتان'],
		['ar', 600_000, '10 دقائق'],
	])('%s counts %i ms as %s', (locale, ms, said) => {
		expect(speechFor(locale).minutes(ms)).toBe(said);
	});
});

describe.each(LOCALES)('the SMS in %s', (locale) => {
	const { words, minutes } = speechFor(locale);
	const say = (number: number) =>
		`${words.passcode({ product: 'Mobile Token', passcode: '493027', number, validFor: minutes(600_000) })}\n\n@login.platform.example #493027`;

	test('begins with the code and says how long it is valid', () => {
		expect(say(1)).toMatch(/^493027 /);
		expect(say(1)).toContain(minutes(600_000));
		expect(say(1)).toContain('Mobile Token');
	});

	test('names which code it is from the second on', () => {
		expect(say(1)).not.toMatch(/\b1\b/);
		expect(say(3)).toMatch(/\b3\b/);
	});

	test('costs one SMS where the alphabet allows, and never more than two', () => {
		expect(segments(say(1))).toBeLessThanOrEqual(locale === 'ar' ? 2 : 1);
		expect(segments(say(12))).toBeLessThanOrEqual(2);
	});
});
