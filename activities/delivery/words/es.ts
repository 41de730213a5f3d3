import { help } from './es-help.js';
import { facts } from './facts.js';
import type { Changes, Words } from './words.js';

const customerSuccess = (contact: string | null) => (contact ? `Customer Success (${contact})` : 'Customer Success');

const notYou = (contact: string | null) =>
	({
		kind: 'answer',
		question: '¿No ha sido usted?',
		text: `Contacte de inmediato con ${customerSuccess(contact)}. Nunca le pedirán su contraseña ni un código.`,
	}) as const;

const done = ({ passwordChanged, authenticatorConfirmed, phone }: Changes) =>
	facts([
		['Contraseña cambiada:', passwordChanged],
		['Token móvil activo desde:', authenticatorConfirmed],
		['Teléfono de respaldo:', phone],
	]);

export const es: Words = {
	language: 'es',
	direction: 'ltr',
	greeting: (name) => (name ? `Hola, ${name}:` : 'Hola:'),
	footer: (product) =>
		`${product} le envía este mensaje porque se refiere a su cuenta. Las respuestas a este mensaje no se leen.`,
	mails: {
		'temporary-password': ({ product, contact, logInUrl, email, temporaryPassword, validUntil }) => ({
			subject: `Su registro en ${product}: entre con su contraseña temporal`,
			preheader: `Válida hasta el ${validUntil}.`,
			heading: 'Su registro está completo',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success ha procesado su registro en ${product}. Entre con la contraseña temporal que figura abajo y elija una contraseña propia.`,
				},
				{ kind: 'fact', label: 'Su correo electrónico:', value: email },
				{ kind: 'secret', label: 'Su contraseña temporal:', value: temporaryPassword },
				{ kind: 'fact', label: 'Válida hasta:', value: validUntil },
				{ kind: 'button', label: 'Iniciar sesión', url: logInUrl },
				{
					kind: 'steps',
					title: 'Solo lleva unos minutos. Tenga su teléfono a mano.',
					items: [
						'Introduzca su correo electrónico y su contraseña temporal, y haga clic en «Continuar».',
						'Elija una contraseña nueva.',
						'Escanee el código QR con una aplicación de autenticación, como Google Authenticator, Microsoft Authenticator o 2FA Authenticator. Ese es su token móvil.',
						'Introduzca un número de teléfono móvil de respaldo o elija «Recordármelo más tarde».',
					],
				},
				{
					kind: 'answer',
					question: '¿Ha caducado su contraseña temporal?',
					text: `Contacte con ${customerSuccess(contact)} para recibir otra. Solo funciona la contraseña más reciente.`,
				},
				{
					kind: 'answer',
					question: '¿No esperaba este mensaje?',
					text: `Es posible que su dirección se haya indicado por error. No use el enlace y avise a ${customerSuccess(contact)}.`,
				},
			],
		}),
		'email-corrected': ({ product, contact }) => ({
			subject: `Esta dirección ya no pertenece a una cuenta de ${product}`,
			preheader: 'Customer Success ha cambiado la dirección de correo de la cuenta.',
			heading: 'Su dirección de correo ha cambiado',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success ha cambiado la dirección de correo de su cuenta de ${product}. Esta dirección ya no sirve para iniciar sesión, y una contraseña temporal enviada a ella ya no funciona.`,
				},
				{
					kind: 'paragraph',
					text: 'Si lo pidió usted, no tiene que hacer nada: busque un mensaje en su nueva dirección.',
				},
				{
					kind: 'answer',
					question: '¿No esperaba este mensaje?',
					text: `Si la cuenta es suya, contacte con ${customerSuccess(contact)}. Si no le suena de nada, su dirección se indicó por error y ya se ha eliminado.`,
				},
			],
		}),
		...help(customerSuccess),
		'account-erased': ({ product, contact }) => ({
			subject: `Su cuenta de ${product} se ha eliminado`,
			preheader: 'Sus datos se han borrado. Este es nuestro último mensaje.',
			heading: 'Su cuenta se ha eliminado',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success ha eliminado su cuenta de ${product}. Su nombre, su correo electrónico, su número de teléfono, su contraseña y su token móvil se han borrado. Ya no puede iniciar sesión.`,
				},
				{
					kind: 'paragraph',
					text: 'Puede borrar la entrada de esta cuenta en su aplicación de autenticación. Este es el último mensaje que recibe sobre ella.',
				},
				{
					kind: 'answer',
					question: '¿No lo ha pedido usted?',
					text: `Contacte con ${customerSuccess(contact)}. Una cuenta eliminada no se puede recuperar, pero usted puede registrarse de nuevo.`,
				},
			],
		}),
		'phone-reminder': ({ product, contact, logInUrl }) => ({
			subject: `Recordatorio: añada su teléfono de respaldo en ${product}`,
			preheader: 'Con él podrá entrar si algún día pierde su token móvil.',
			heading: 'Añada su teléfono de respaldo',
			parts: [
				{
					kind: 'paragraph',
					text: `Nos pidió que se lo recordáramos: su cuenta de ${product} aún no tiene un número de teléfono móvil de respaldo. Si pierde el acceso a su token móvil, un código enviado a ese número le permitirá entrar.`,
				},
				{
					kind: 'paragraph',
					text: 'Inicie sesión, introduzca el número y después el código que reciba por SMS. Lleva alrededor de un minuto.',
				},
				{ kind: 'button', label: 'Iniciar sesión', url: logInUrl },
				{
					kind: 'answer',
					question: '¿Ahora no?',
					text: 'Elija «Recordármelo más tarde» después de iniciar sesión. Su cuenta funciona tal como está.',
				},
				{
					kind: 'answer',
					question: '¿Necesita ayuda?',
					text: `Contacte con ${customerSuccess(contact)}.`,
				},
			],
		}),
		'password-changed': ({ product, contact, ...changes }) => ({
			subject: `Su contraseña de ${product} ha cambiado`,
			preheader: 'Si ha sido usted, no tiene que hacer nada.',
			heading: 'Su contraseña ha cambiado',
			parts: [
				{
					kind: 'paragraph',
					text: `La contraseña de su cuenta de ${product} se ha cambiado. La anterior ya no funciona.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'Si ha sido usted, no tiene que hacer nada.' },
				notYou(contact),
			],
		}),
		'authenticator-confirmed': ({ product, contact, ...changes }) => ({
			subject: `Su token móvil de ${product} está activo`,
			preheader: 'A partir de ahora entra con su contraseña y un código de su aplicación de autenticación.',
			heading: 'Su token móvil está activo',
			parts: [
				{
					kind: 'paragraph',
					text: `Se ha configurado una aplicación de autenticación como token móvil de su cuenta de ${product}. A partir de ahora entra con su contraseña y el código que muestra la aplicación.`,
				},
				...done(changes),
				{
					kind: 'paragraph',
					text: 'Conserve la aplicación en su teléfono. Si la ha configurado usted, no tiene que hacer nada más.',
				},
				notYou(contact),
			],
		}),
		'phone-verified': ({ product, contact, ...changes }) => ({
			subject: `Su teléfono de respaldo de ${product} está configurado`,
			preheader: 'Con él podrá entrar si algún día pierde su token móvil.',
			heading: 'Su teléfono de respaldo está configurado',
			parts: [
				{
					kind: 'paragraph',
					text: `Este número se ha confirmado como teléfono móvil de respaldo de su cuenta de ${product}. Si pierde el acceso a su token móvil, un código enviado a él le permitirá entrar.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'Si ha sido usted, no tiene que hacer nada.' },
				notYou(contact),
			],
		}),
	},
	// The first code is said without "código": its "ó" is not in the GSM alphabet and would halve what fits an SMS.
	passcode: ({ product, passcode, number, validFor }) =>
		number > 1
			? `${passcode} es el código ${number} de ${product}. Vale ${validFor}; los anteriores ya no sirven. No lo comparta.`
			: `${passcode} sirve para confirmar su teléfono en ${product}. Vale durante ${validFor}. No lo comparta con nadie.`,
};
