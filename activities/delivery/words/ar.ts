import { help } from './ar-help.js';
import { facts } from './facts.js';
import type { Changes, Words } from './words.js';

/** Keeps what is written from left to right (addresses, numbers) whole inside an Arabic sentence: LRI … PDI. */
const ltr = (text: string) => `\u2066${text}\u2069`;

const customerSuccess = (contact: string | null) =>
	contact ? `فريق نجاح العملاء (${ltr(contact)})` : 'فريق نجاح العملاء';

const notYou = (contact: string | null) =>
	({
		kind: 'answer',
		question: 'لم تكن أنت من فعل ذلك؟',
		text: `تواصل فورًا مع ${customerSuccess(contact)}. لن يطلب منك الفريق كلمة مرورك أو أي رمز أبدًا.`,
	}) as const;

const done = ({ passwordChanged, authenticatorConfirmed, phone }: Changes) =>
	facts([
		['تغيير كلمة المرور:', passwordChanged],
		['الرمز المميز مفعّل منذ:', authenticatorConfirmed],
		['الهاتف الاحتياطي:', phone && ltr(phone)],
	]);

export const ar: Words = {
	language: 'ar',
	direction: 'rtl',
	greeting: (name) => (name ? `مرحبًا \u2068${name}\u2069،` : 'مرحبًا،'),
	footer: (product) => `أرسل إليك ${ltr(product)} هذه الرسالة لأنها تخص حسابك. لا تُقرأ الردود عليها.`,
	mails: {
		'temporary-password': ({ product, contact, logInUrl, email, temporaryPassword, validUntil }) => ({
			subject: `تسجيلك في ${ltr(product)}: سجّل الدخول بكلمة المرور المؤقتة`,
			preheader: `صالحة حتى ${validUntil}.`,
			heading: 'اكتمل تسجيلك',
			parts: [
				{
					kind: 'paragraph',
					text: `عالج فريق نجاح العملاء تسجيلك في ${ltr(product)}. سجّل الدخول بكلمة المرور المؤقتة أدناه، ثم اختر كلمة مرور خاصة بك.`,
				},
				{ kind: 'fact', label: 'بريدك الإلكتروني:', value: ltr(email) },
				{ kind: 'secret', label: 'كلمة المرور المؤقتة:', value: temporaryPassword },
				{ kind: 'fact', label: 'صالحة حتى:', value: validUntil },
				{ kind: 'button', label: 'تسجيل الدخول', url: logInUrl },
				{
					kind: 'steps',
					title: 'لن يستغرق ذلك سوى بضع دقائق. أبقِ هاتفك في متناول يدك.',
					items: [
						'أدخل بريدك الإلكتروني وكلمة المرور المؤقتة، ثم انقر على «متابعة».',
						'اختر كلمة مرور جديدة.',
						`امسح رمز QR بتطبيق مصادقة، مثل ${ltr('Google Authenticator')} أو ${ltr('Microsoft Authenticator')} أو ${ltr('2FA Authenticator')}. هذا هو رمزك المميز على الهاتف.`,
						'أدخل رقم هاتف محمول احتياطيًا، أو اختر «ذكّرني لاحقًا».',
					],
				},
				{
					kind: 'answer',
					question: 'هل انتهت صلاحية كلمة المرور المؤقتة؟',
					text: `تواصل مع ${customerSuccess(contact)} لتتلقى كلمة مرور جديدة. لا تعمل إلا أحدث كلمة مرور.`,
				},
				{
					kind: 'answer',
					question: 'لم تكن تتوقع هذه الرسالة؟',
					text: `ربما أُدخل عنوانك عن طريق الخطأ. لا تستخدم الرابط وأبلغ ${customerSuccess(contact)}.`,
				},
			],
		}),
		'email-corrected': ({ product, contact }) => ({
			subject: `لم يعد هذا العنوان تابعًا لحساب في ${ltr(product)}`,
			preheader: 'غيّر فريق نجاح العملاء عنوان البريد الإلكتروني للحساب.',
			heading: 'تم تغيير بريدك الإلكتروني',
			parts: [
				{
					kind: 'paragraph',
					text: `غيّر فريق نجاح العملاء عنوان البريد الإلكتروني لحسابك في ${ltr(product)}. لم يعد هذا العنوان صالحًا لتسجيل الدخول، ولم تعد كلمة المرور المؤقتة المرسلة إليه تعمل.`,
				},
				{ kind: 'paragraph', text: 'إن كنت قد طلبت ذلك فلا حاجة إلى أي إجراء: ابحث عن رسالة في عنوانك الجديد.' },
				{
					kind: 'answer',
					question: 'لم تكن تتوقع هذه الرسالة؟',
					text: `إن كان الحساب لك فتواصل مع ${customerSuccess(contact)}. وإن لم تسمع به من قبل فقد أُدخل عنوانك عن طريق الخطأ وقد أزلناه الآن.`,
				},
			],
		}),
		...help(customerSuccess),
		'account-erased': ({ product, contact }) => ({
			subject: `تم حذف حسابك في ${ltr(product)}`,
			preheader: 'أُزيلت بياناتك. هذه رسالتنا الأخيرة.',
			heading: 'تم حذف حسابك',
			parts: [
				{
					kind: 'paragraph',
					text: `حذف فريق نجاح العملاء حسابك في ${ltr(product)}. أُزيل اسمك وبريدك الإلكتروني ورقم هاتفك وكلمة مرورك ورمزك المميز على الهاتف. لم يعد بإمكانك تسجيل الدخول.`,
				},
				{
					kind: 'paragraph',
					text: 'يمكنك حذف هذا الحساب من تطبيق المصادقة. هذه آخر رسالة تصلك بشأنه.',
				},
				{
					kind: 'answer',
					question: 'لم تطلب ذلك؟',
					text: `تواصل مع ${customerSuccess(contact)}. لا يمكن استعادة حساب محذوف، لكن يمكن تسجيلك من جديد.`,
				},
			],
		}),
		'phone-reminder': ({ product, contact, logInUrl }) => ({
			subject: `تذكير: أضف هاتفك الاحتياطي إلى ${ltr(product)}`,
			preheader: 'يتيح لك الدخول إذا فقدت رمزك المميز على الهاتف.',
			heading: 'أضف هاتفك المحمول الاحتياطي',
			parts: [
				{
					kind: 'paragraph',
					text: `طلبت أن نذكّرك: ليس لحسابك في ${ltr(product)} رقم هاتف محمول احتياطي بعد. إذا فقدت الوصول إلى رمزك المميز على الهاتف، يتيح لك رمز يُرسل إلى ذلك الرقم أن تدخل.`,
				},
				{
					kind: 'paragraph',
					text: 'سجّل الدخول وأدخل الرقم، ثم الرمز الذي يصلك في رسالة نصية قصيرة. يستغرق ذلك نحو دقيقة.',
				},
				{ kind: 'button', label: 'تسجيل الدخول', url: logInUrl },
				{
					kind: 'answer',
					question: 'ليس الآن؟',
					text: 'اختر «ذكّرني لاحقًا» بعد تسجيل الدخول. يعمل حسابك كما هو.',
				},
				{
					kind: 'answer',
					question: 'هل تحتاج إلى مساعدة؟',
					text: `تواصل مع ${customerSuccess(contact)}.`,
				},
			],
		}),
		'password-changed': ({ product, contact, ...changes }) => ({
			subject: `تم تغيير كلمة مرورك في ${ltr(product)}`,
			preheader: 'إن كنت أنت من فعل ذلك فلا حاجة إلى أي إجراء.',
			heading: 'تم تغيير كلمة مرورك',
			parts: [
				{
					kind: 'paragraph',
					text: `تم تغيير كلمة مرور حسابك في ${ltr(product)}. لم تعد الكلمة السابقة تعمل.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'إن كنت أنت من فعل ذلك فلا حاجة إلى أي إجراء.' },
				notYou(contact),
			],
		}),
		'authenticator-confirmed': ({ product, contact, ...changes }) => ({
			subject: `رمزك المميز على الهاتف مفعّل في ${ltr(product)}`,
			preheader: 'من الآن فصاعدًا تسجّل الدخول بكلمة مرورك ورمز من تطبيق المصادقة.',
			heading: 'رمزك المميز على الهاتف مفعّل',
			parts: [
				{
					kind: 'paragraph',
					text: `أُعدّ تطبيق مصادقة ليكون الرمز المميز لحسابك في ${ltr(product)}. من الآن فصاعدًا تسجّل الدخول بكلمة مرورك والرمز الذي يعرضه التطبيق.`,
				},
				...done(changes),
				{
					kind: 'paragraph',
					text: 'احتفظ بالتطبيق على هاتفك. إن كنت أنت من أعدّه فلا حاجة إلى أي إجراء آخر.',
				},
				notYou(contact),
			],
		}),
		'phone-verified': ({ product, contact, ...changes }) => ({
			subject: `تم تعيين هاتفك الاحتياطي في ${ltr(product)}`,
			preheader: 'يتيح لك الدخول إذا فقدت رمزك المميز على الهاتف.',
			heading: 'تم تعيين هاتفك الاحتياطي',
			parts: [
				{
					kind: 'paragraph',
					text: `تم تأكيد هذا الرقم هاتفًا محمولًا احتياطيًا لحسابك في ${ltr(product)}. إذا فقدت الوصول إلى رمزك المميز على الهاتف، يتيح لك رمز يُرسل إليه أن تدخل.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'إن كنت أنت من فعل ذلك فلا حاجة إلى أي إجراء.' },
				notYou(contact),
			],
		}),
	},
	passcode: ({ product, passcode, number, validFor }) =>
		number > 1
			? `${passcode} هو الرمز ${number} من ${product}. صالح لمدة ${validFor}، والرموز السابقة لم تعد تعمل. لا تشاركه.`
			: `${passcode} هو رمزك من ${product}. صالح لمدة ${validFor}. لا تشاركه.`,
};
