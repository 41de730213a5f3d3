import { facts } from './facts.js';
import { help } from './pt-help.js';
import type { Changes, Words } from './words.js';

const customerSuccess = (contact: string | null) => (contact ? `Customer Success (${contact})` : 'Customer Success');

const notYou = (contact: string | null) =>
	({
		kind: 'answer',
		question: 'Não foi você?',
		text: `Fale já com a equipe de ${customerSuccess(contact)}. Ela nunca pedirá a sua senha nem um código.`,
	}) as const;

const done = ({ passwordChanged, authenticatorConfirmed, phone }: Changes) =>
	facts([
		['Senha alterada:', passwordChanged],
		['Token móvel ativo desde:', authenticatorConfirmed],
		['Telefone de reserva:', phone],
	]);

/** Portuguese as it is read in Brazil and understood in Portugal. */
export const pt: Words = {
	language: 'pt',
	direction: 'ltr',
	greeting: (name) => (name ? `Olá, ${name}!` : 'Olá!'),
	footer: (product) =>
		`${product} enviou esta mensagem porque ela diz respeito à sua conta. As respostas a ela não são lidas.`,
	mails: {
		'temporary-password': ({ product, contact, logInUrl, email, temporaryPassword, validUntil }) => ({
			subject: `Seu cadastro em ${product}: entre com a senha temporária`,
			preheader: `Válida até ${validUntil}.`,
			heading: 'Seu cadastro está pronto',
			parts: [
				{
					kind: 'paragraph',
					text: `A equipe de Customer Success concluiu o seu cadastro em ${product}. Entre com a senha temporária abaixo e escolha uma senha só sua.`,
				},
				{ kind: 'fact', label: 'Seu e-mail:', value: email },
				{ kind: 'secret', label: 'Sua senha temporária:', value: temporaryPassword },
				{ kind: 'fact', label: 'Válida até:', value: validUntil },
				{ kind: 'button', label: 'Entrar', url: logInUrl },
				{
					kind: 'steps',
					title: 'Leva poucos minutos. Tenha o telefone à mão.',
					items: [
						'Digite o seu e-mail e a senha temporária e clique em “Continuar”.',
						'Escolha uma nova senha.',
						'Leia o código QR com um aplicativo autenticador, como Google Authenticator, Microsoft Authenticator ou 2FA Authenticator. Esse é o seu token móvel.',
						'Informe um número de telefone móvel de reserva ou escolha “Lembrar mais tarde”.',
					],
				},
				{
					kind: 'answer',
					question: 'A senha temporária expirou?',
					text: `Fale com a equipe de ${customerSuccess(contact)} para receber outra. Só a senha mais recente funciona.`,
				},
				{
					kind: 'answer',
					question: 'Não esperava este e-mail?',
					text: `O seu endereço pode ter sido informado por engano. Não use o link e avise a equipe de ${customerSuccess(contact)}.`,
				},
			],
		}),
		'email-corrected': ({ product, contact }) => ({
			subject: `Este endereço já não pertence a uma conta em ${product}`,
			preheader: 'A equipe de Customer Success alterou o e-mail da conta.',
			heading: 'Seu endereço de e-mail foi alterado',
			parts: [
				{
					kind: 'paragraph',
					text: `A equipe de Customer Success alterou o endereço de e-mail da sua conta em ${product}. Este endereço já não serve para entrar, e uma senha temporária enviada para ele já não funciona.`,
				},
				{
					kind: 'paragraph',
					text: 'Se foi um pedido seu, não precisa fazer nada: procure uma mensagem no seu novo endereço.',
				},
				{
					kind: 'answer',
					question: 'Não esperava este e-mail?',
					text: `Se a conta é sua, fale com a equipe de ${customerSuccess(contact)}. Se nunca ouviu falar dela, o seu endereço foi informado por engano e já foi removido.`,
				},
			],
		}),
		...help(customerSuccess),
		'account-erased': ({ product, contact }) => ({
			subject: `A sua conta em ${product} foi apagada`,
			preheader: 'Os seus dados foram removidos. Esta é a nossa última mensagem.',
			heading: 'A sua conta foi apagada',
			parts: [
				{
					kind: 'paragraph',
					text: `A equipe de Customer Success apagou a sua conta em ${product}. O seu nome, o seu e-mail, o seu número de telefone, a sua senha e o seu token móvel foram removidos. Já não é possível entrar.`,
				},
				{
					kind: 'paragraph',
					text: 'No aplicativo autenticador, você pode excluir a entrada desta conta. Esta é a última mensagem que recebe sobre ela.',
				},
				{
					kind: 'answer',
					question: 'Não foi um pedido seu?',
					text: `Fale com a equipe de ${customerSuccess(contact)}. Uma conta apagada não pode ser recuperada, mas é possível fazer um novo cadastro.`,
				},
			],
		}),
		'phone-reminder': ({ product, contact, logInUrl }) => ({
			subject: `Lembrete: adicione o telefone de reserva em ${product}`,
			preheader: 'Com ele você entra se um dia perder o token móvel.',
			heading: 'Adicione o telefone de reserva',
			parts: [
				{
					kind: 'paragraph',
					text: `Você pediu este lembrete: a sua conta em ${product} ainda não tem um número de telefone móvel de reserva. Se perder o acesso ao token móvel, um código enviado a esse número permite entrar.`,
				},
				{
					kind: 'paragraph',
					text: 'Entre, informe o número e depois o código recebido por SMS. Leva cerca de um minuto.',
				},
				{ kind: 'button', label: 'Entrar', url: logInUrl },
				{
					kind: 'answer',
					question: 'Agora não?',
					text: 'Escolha “Lembrar mais tarde” depois de entrar. A sua conta funciona como está.',
				},
				{
					kind: 'answer',
					question: 'Precisa de ajuda?',
					text: `Fale com a equipe de ${customerSuccess(contact)}.`,
				},
			],
		}),
		'password-changed': ({ product, contact, ...changes }) => ({
			subject: `A sua senha em ${product} foi alterada`,
			preheader: 'Se foi você, não precisa fazer nada.',
			heading: 'A sua senha foi alterada',
			parts: [
				{
					kind: 'paragraph',
					text: `A senha da sua conta em ${product} foi alterada. A anterior já não funciona.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'Se foi você, não precisa fazer nada.' },
				notYou(contact),
			],
		}),
		'authenticator-confirmed': ({ product, contact, ...changes }) => ({
			subject: `O seu token móvel em ${product} está ativo`,
			preheader: 'A partir de agora você entra com a senha e um código do aplicativo autenticador.',
			heading: 'O seu token móvel está ativo',
			parts: [
				{
					kind: 'paragraph',
					text: `Um aplicativo autenticador foi configurado como token móvel da sua conta em ${product}. A partir de agora você entra com a senha e o código que o aplicativo mostra.`,
				},
				...done(changes),
				{
					kind: 'paragraph',
					text: 'Mantenha o aplicativo no telefone. Se foi você quem o configurou, não precisa fazer mais nada.',
				},
				notYou(contact),
			],
		}),
		'phone-verified': ({ product, contact, ...changes }) => ({
			subject: `O seu telefone de reserva em ${product} está definido`,
			preheader: 'Com ele você entra se um dia perder o token móvel.',
			heading: 'O telefone de reserva está definido',
			parts: [
				{
					kind: 'paragraph',
					text: `Este número foi confirmado como telefone móvel de reserva da sua conta em ${product}. Se perder o acesso ao token móvel, um código enviado a ele permite entrar.`,
				},
				...done(changes),
				{ kind: 'paragraph', text: 'Se foi você, não precisa fazer nada.' },
				notYou(contact),
			],
		}),
	},
	// The first code is said without "código": its "ó" is not in the GSM alphabet and would halve what fits an SMS.
	passcode: ({ product, passcode, number, validFor }) =>
		number > 1
			? `${passcode} é o código ${number} de ${product}. Vale por ${validFor} e anula os anteriores. Não o compartilhe.`
			: `${passcode} serve para confirmar o seu telefone em ${product}. Vale por ${validFor}. Nunca o envie a outra pessoa.`,
};
