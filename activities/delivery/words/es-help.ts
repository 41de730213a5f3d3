import type { HelpWords } from './words.js';

/** What agents did for the account, and to it. */
export function help(customerSuccess: (contact: string | null) => string): HelpWords {
	const unasked = (contact: string | null) =>
		({
			kind: 'answer',
			question: '¿No lo ha pedido usted?',
			text: `Contacte de inmediato con ${customerSuccess(contact)}. Nunca le pedirán su contraseña ni un código.`,
		}) as const;
	return {
		'account-unlocked': ({ product, contact }) => ({
			subject: `Su cuenta de ${product} se ha desbloqueado`,
			preheader: 'Ya puede iniciar sesión e introducir códigos de nuevo.',
			heading: 'Su cuenta se ha desbloqueado',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success ha desbloqueado su cuenta de ${product}. Estaba retenida tras muchas contraseñas o códigos erróneos. Ya puede iniciar sesión e introducir códigos de nuevo.`,
				},
				{
					kind: 'paragraph',
					text: 'Si las contraseñas o los códigos erróneos no eran suyos, puede que otra persona conozca su contraseña. Avise a Customer Success.',
				},
				unasked(contact),
			],
		}),
		'account-frozen': ({ product, contact }) => ({
			subject: `Su cuenta de ${product} se ha congelado`,
			preheader: 'Se han cerrado todas las sesiones y no se puede entrar.',
			heading: 'Su cuenta se ha congelado',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success ha congelado su cuenta de ${product} para protegerla. Se han cerrado todas las sesiones y nadie puede iniciar sesión hasta que la cuenta se descongele. Nada de su cuenta se ha cambiado ni borrado.`,
				},
				{
					kind: 'paragraph',
					text: `Para volver a usar su cuenta, contacte con ${customerSuccess(contact)}.`,
				},
				unasked(contact),
			],
		}),
		'account-unfrozen': ({ product, contact }) => ({
			subject: `Su cuenta de ${product} se ha descongelado`,
			preheader: 'Ya puede iniciar sesión de nuevo, como antes.',
			heading: 'Su cuenta se ha descongelado',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success ha descongelado su cuenta de ${product}. Puede iniciar sesión de nuevo con la misma contraseña y el mismo token móvil que antes.`,
				},
				unasked(contact),
			],
		}),
		'sessions-ended': ({ product, contact }) => ({
			subject: `Se han cerrado todas sus sesiones de ${product}`,
			preheader: 'Puede iniciar sesión de nuevo ahora mismo.',
			heading: 'Se han cerrado todas sus sesiones',
			parts: [
				{
					kind: 'paragraph',
					text: `Customer Success ha cerrado todas las sesiones de su cuenta de ${product}. En cada dispositivo tiene que iniciar sesión de nuevo. Su contraseña y su token móvil son los mismos que antes.`,
				},
				unasked(contact),
			],
		}),
	};
}
