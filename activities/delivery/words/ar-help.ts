import type { HelpWords } from './words.js';

/** Keeps what is written from left to right (addresses, numbers) whole inside an Arabic sentence: LRI … PDI. */
const ltr = (text: string) => `\u2066${text}\u2069`;

/** What agents did for the account, and to it. */
export function help(customerSuccess: (contact: string | null) => string): HelpWords {
	const unasked = (contact: string | null) =>
		({
			kind: 'answer',
			question: 'لم تطلب ذلك؟',
			text: `تواصل فورًا مع ${customerSuccess(contact)}. لن يطلب منك الفريق كلمة مرورك أو أي رمز أبدًا.`,
		}) as const;
	return {
		'account-unlocked': ({ product, contact }) => ({
			subject: `تم فتح قفل حسابك في ${ltr(product)}`,
			preheader: 'يمكنك تسجيل الدخول وإدخال الرموز من جديد.',
			heading: 'تم فتح قفل حسابك',
			parts: [
				{
					kind: 'paragraph',
					text: `فتح فريق نجاح العملاء قفل حسابك في ${ltr(product)}. كان الحساب معطّلًا بعد إدخال كلمات مرور أو رموز خاطئة كثيرة. يمكنك الآن تسجيل الدخول وإدخال الرموز من جديد.`,
				},
				{
					kind: 'paragraph',
					text: 'إن لم تكن أنت من أدخل كلمات المرور أو الرموز الخاطئة، فقد يعرف شخص آخر كلمة مرورك. أبلغ فريق نجاح العملاء.',
				},
				unasked(contact),
			],
		}),
		'account-frozen': ({ product, contact }) => ({
			subject: `تم تجميد حسابك في ${ltr(product)}`,
			preheader: 'انتهت كل جلساتك، ولا يمكن تسجيل الدخول الآن.',
			heading: 'تم تجميد حسابك',
			parts: [
				{
					kind: 'paragraph',
					text: `جمّد فريق نجاح العملاء حسابك في ${ltr(product)} لحمايته. انتهت كل جلساتك، ولا يمكن لأحد تسجيل الدخول حتى يُلغى التجميد. لم يتغير شيء في حسابك ولم يُحذف منه شيء.`,
				},
				{
					kind: 'paragraph',
					text: `لاستخدام حسابك من جديد، تواصل مع ${customerSuccess(contact)}.`,
				},
				unasked(contact),
			],
		}),
		'account-unfrozen': ({ product, contact }) => ({
			subject: `أُلغي تجميد حسابك في ${ltr(product)}`,
			preheader: 'يمكنك تسجيل الدخول من جديد كما في السابق.',
			heading: 'أُلغي تجميد حسابك',
			parts: [
				{
					kind: 'paragraph',
					text: `ألغى فريق نجاح العملاء تجميد حسابك في ${ltr(product)}. يمكنك تسجيل الدخول من جديد بكلمة المرور نفسها والرمز المميز نفسه على الهاتف.`,
				},
				unasked(contact),
			],
		}),
		'sessions-ended': ({ product, contact }) => ({
			subject: `انتهت كل جلساتك في ${ltr(product)}`,
			preheader: 'يمكنك تسجيل الدخول من جديد فورًا.',
			heading: 'انتهت كل جلساتك',
			parts: [
				{
					kind: 'paragraph',
					text: `أنهى فريق نجاح العملاء كل جلسات حسابك في ${ltr(product)}. عليك تسجيل الدخول من جديد على كل جهاز. كلمة مرورك ورمزك المميز على الهاتف هما نفسهما كما في السابق.`,
				},
				unasked(contact),
			],
		}),
	};
}
