import type { HelpWords } from './words.js';

export const help: HelpWords = {
	unlock: {
		title: 'Desbloquear a conta',
		lead: (email) => `${email} pode voltar já a introduzir senhas e códigos.`,
		notes: [
			'Todas as senhas e códigos errados são esquecidos, e também as esperas.',
			'Pergunte antes se os códigos errados foram da pessoa. Se não foram, mais alguém pode conhecer a senha.',
			'A pessoa é avisada por email.',
		],
		go: 'Desbloquear',
	},
	freeze: {
		title: 'Congelar a conta',
		lead: (email) => `${email} sai de todas as sessões e não pode iniciar sessão até descongelar a conta.`,
		notes: [
			'Nada na conta é mudado ou removido.',
			'Só quem sabe a senha lê que a conta está congelada.',
			'A pessoa é avisada por email.',
		],
		go: 'Congelar',
	},
	unfreeze: {
		title: 'Descongelar a conta',
		lead: (email) => `${email} pode voltar a iniciar sessão, com a senha e o token móvel de antes.`,
		notes: ['Confirme antes que está a falar com a própria pessoa.', 'A pessoa é avisada por email.'],
		go: 'Descongelar',
	},
	endSessions: {
		title: 'Terminar todas as sessões',
		lead: (email) => `${email} sai de todos os dispositivos e pode voltar a iniciar sessão logo a seguir.`,
		notes: ['A senha e o token móvel ficam como estão.', 'A pessoa é avisada por email.'],
		go: 'Terminar sessões',
	},
	person: {
		title: 'Corrigir nome e idioma',
		lead: (email) => `De ${email}. Os emails cumprimentam com o nome e são escritos no idioma.`,
		nameHint: 'Deixe vazio para remover o nome.',
		go: 'Corrigir',
	},
	frozenFirst: 'A conta está congelada e nada que a abra pode ser enviado. Descongele-a primeiro.',
	frozenSince: 'Congelada desde',
};
