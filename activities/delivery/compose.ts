import type { MessageParams } from '../../domain/message.js';
import { isPersonName } from '../../domain/person-name.js';
import { isWithin } from '../../domain/text.js';
import { htmlOf } from './html.js';
import type { Mail } from './mail.js';
import { textOf } from './text.js';
import { speechFor } from './words/catalogue.js';
import type { Changes, MailTemplate, Words } from './words/words.js';

/** A mail's recipient and content. */
export interface MailContent {
	template: MailTemplate;
	/** BCP 47, as the account has it. */
	locale: string;
	to: string;
	name: string | null;
	params: MessageParams;
}

/** What all mails of one installation have in common. */
export interface MailSetting {
	productName: string;
	supportContact: string | null;
	logInUrl: string;
	/** IANA name of the zone dates are written in. */
	timeZone: string;
}

export interface ComposedMail {
	subject: string;
	text: string;
	html: string;
}

/** A mail ready to be sent. Null when its parameters lack what the template needs. */
export function composeMail(content: MailContent, setting: MailSetting): ComposedMail | null {
	const { words, date } = speechFor(content.locale, setting.timeZone);
	const said = wordsOf(words, content, setting, date);
	if (!said) return null;
	const greeting = words.greeting(greetable(content.name));
	const mail: Mail = { ...said, greeting, footer: words.footer(setting.productName) };
	const { productName, supportContact } = setting;
	const letterhead = { productName, supportContact, language: words.language, direction: words.direction };
	return { subject: mail.subject, text: textOf(mail, letterhead), html: htmlOf(mail, letterhead) };
}

function wordsOf({ mails }: Words, content: MailContent, setting: MailSetting, date: (at: string) => string) {
	const { template, params } = content;
	const named = { product: setting.productName, contact: setting.supportContact, logInUrl: setting.logInUrl };
	if (template === 'temporary-password') {
		const { temporaryPassword, expiresAt } = params;
		if (!temporaryPassword || !isInstant(expiresAt)) return null;
		return mails[template]({ ...named, email: content.to, temporaryPassword, validUntil: date(expiresAt) });
	}
	if (!isTold(template)) return mails[template](named);
	const changes = changesIn(params, date);
	return changes[TOLD_BY[template]] ? mails[template]({ ...named, ...changes }) : null;
}

function isTold(template: MailTemplate): template is keyof typeof TOLD_BY {
	return template in TOLD_BY;
}

/** The parameters that each notice needs. */
const TOLD_BY = {
	'password-changed': 'passwordChanged',
	'authenticator-confirmed': 'authenticatorConfirmed',
	'phone-verified': 'phone',
} as const;

function changesIn(
	{ passwordChangedAt, authenticatorConfirmedAt, phone }: MessageParams,
	date: (at: string) => string,
): Changes {
	const dated = (at: string | undefined) => (isInstant(at) ? date(at) : null);
	return {
		passwordChanged: dated(passwordChangedAt),
		authenticatorConfirmed: dated(authenticatorConfirmedAt),
		phone: phone ?? null,
	};
}

function isInstant(at: string | undefined): at is string {
	return at !== undefined && !Number.isNaN(Date.parse(at));
}

const GREETED_LENGTH_MAX = 60;

/**
 * The name, if it reads only as a name: old accounts may have other ones. Direction and control characters become
 * spaces; joiners, written inside some names, stay.
 */
function greetable(name: string | null): string | null {
	const plain = (name ?? '')
		.replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
		.replace(/\s+/gu, ' ')
		.trim();
	return isPersonName(plain) && isWithin(plain, GREETED_LENGTH_MAX) ? plain : null;
}
