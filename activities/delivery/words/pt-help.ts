import type { HelpWords } from './words.js';

/** What agents did for the account, and to it. */
export function help(customerSuccess: (contact: string | null) => string): HelpWords {
	const unasked = (contact: string | null) =>
		({
			kind: 'answer',
			question: 'Não foi um pedido seu?',
			text: `Fale já com a equipe de ${customerSuccess(contact)}. Ela nunca pedirá a sua senha nem um código.`,
		}) as const;
	return {
		'account-unlocked': ({ product, contact }) => ({
			subject: `A sua conta em ${product} foi desbloqueada`,
			preheader: 'Você já pode entrar e digitar códigos de novo.',
			heading: 'A sua conta foi desbloqueada',
			parts: [
				{
					kind: 'paragraph',
					text: `A equipe de Customer Success desbloqueou a sua conta em ${product}. Ela estava retida depois de muitas senhas ou códigos errados. Agora você pode entrar e digitar códigos de novo.`,
				},
				{
					kind: 'paragraph',
					text: 'Se as senhas ou os códigos errados não foram seus, outra pessoa pode conhecer a sua senha. Avise a equipe de Customer Success.',
				},
				unasked(contact),
			],
		}),
		'account-frozen': ({ product, contact }) => ({
			subject: `A sua conta em ${product} foi congelada`,
			preheader: 'Todas as sessões terminaram e não é possível entrar.',
			heading: 'A sua conta foi congelada',
			parts: [
				{
					kind: 'paragraph',
					text: `A equipe de Customer Success congelou a sua conta em ${product} para protegê-la. Todas as sessões terminaram e ninguém pode entrar até a conta ser descongelada. Nada na sua conta foi alterado ou removido.`,
				},
				{
					kind: 'paragraph',
					text: `Para voltar a usar a sua conta, fale com a equipe de ${customerSuccess(contact)}.`,
				},
				unasked(contact),
			],
		}),
		'account-unfrozen': ({ product, contact }) => ({
			subject: `A sua conta em ${product} foi descongelada`,
			preheader: 'Você já pode entrar de novo, como antes.',
			heading: 'A sua conta foi descongelada',
			parts: [
				{
					kind: 'paragraph',
					text: `A equipe de Customer Success descongelou a sua conta em ${product}. Você pode entrar de novo com a mesma senha e o mesmo token móvel de antes.`,
				},
				unasked(contact),
			],
		}),
		'sessions-ended': ({ product, contact }) => ({
			subject: `Todas as suas sessões em ${product} terminaram`,
			preheader: 'Você pode entrar de novo agora mesmo.',
			heading: 'Todas as suas sessões terminaram',
			parts: [
				{
					kind: 'paragraph',
					text: `A equipe de Customer Success terminou todas as sessões da sua conta em ${product}. Em cada dispositivo é preciso entrar de novo. A sua senha e o seu token móvel são os mesmos de antes.`,
				},
				unasked(contact),
			],
		}),
	};
}
