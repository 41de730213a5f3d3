import type { HelpWords } from './words.js';

export const help: HelpWords = {
	unlock: {
		title: 'Desbloquear a conta',
		lead: (email) => `${email} pode digitar senhas e códigos de novo imediatamente.`,
		notes: [
			'Apagamos todas as tentativas erradas de senha e de código, e também as esperas.',
			'Pergunte antes ao usuário se foi ele quem digitou os códigos errados. Se não foi, outra pessoa pode saber a senha.',
			'Avisamos o usuário por e-mail.',
		],
		go: 'Desbloquear',
	},
	freeze: {
		title: 'Congelar a conta',
		lead: (email) => `${email} sai de todas as sessões e não pode entrar até você descongelar a conta.`,
		notes: [
			'A conta mantém os dados e a etapa.',
			'O usuário que sabe a senha lê ao entrar que a conta está congelada.',
			'Avisamos o usuário por e-mail.',
		],
		go: 'Congelar',
	},
	unfreeze: {
		title: 'Descongelar a conta',
		lead: (email) => `${email} pode entrar de novo com a mesma senha e o mesmo token móvel.`,
		notes: ['Confirme antes que você está falando com o usuário.', 'Avisamos o usuário por e-mail.'],
		go: 'Descongelar',
	},
	endSessions: {
		title: 'Encerrar todas as sessões',
		lead: (email) => `${email} sai de todos os dispositivos e pode entrar de novo imediatamente.`,
		notes: ['A senha e o token móvel não mudam.', 'Avisamos o usuário por e-mail.'],
		go: 'Encerrar sessões',
	},
	person: {
		title: 'Corrigir nome e idioma',
		lead: (email) => `Para ${email}. Os e-mails usam este nome e este idioma.`,
		nameHint: 'Deixe vazio para remover o nome.',
		go: 'Corrigir',
	},
	frozenFirst: 'A conta está congelada, por isso você não pode emitir uma senha temporária. Descongele-a primeiro.',
	frozenSince: 'Congelada desde',
};
