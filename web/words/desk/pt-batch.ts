import type { DeskWords } from './words.js';

export const batch: DeskWords['batch'] = {
	title: 'Cadastrar várias',
	lead: 'Cole uma lista ou escolha um arquivo. Você vê os problemas da lista antes de qualquer envio.',
	list: 'Lista',
	listHint:
		'Uma pessoa por linha: e-mail, nome, idioma, separados por vírgula, ponto e vírgula ou tabulação. Para outra ordem, dê os nomes das colunas na primeira linha.',
	file: 'Ou um arquivo CSV',
	fileHint: 'No máximo 5.000 pessoas e 1 MB. Se você escolher um arquivo, a lista acima é ignorada.',
	rate: 'Pessoas por segundo',
	rateHint: 'Um ritmo mais lento é melhor para os servidores de e-mail.',
	check: 'Verificar a lista',
	checkTitle: 'O que a lista contém',
	ready: (n, text) => (n === 1 ? '1 pessoa será cadastrada.' : `${text} pessoas serão cadastradas.`),
	flawed: (n, text) =>
		n === 1 ? '1 linha tem um problema e fica de fora.' : `${text} linhas têm um problema e ficam de fora.`,
	known: (n, text) =>
		n === 1 ? '1 pessoa já tem conta e não recebe nada.' : `${text} pessoas já têm conta e não recebem nada.`,
	nothing: 'Esta lista não contém nenhuma pessoa a cadastrar.',
	line: (n) => `Linha ${n}`,
	problems: {
		'email-missing': 'Falta o e-mail.',
		'email-invalid': 'Isto não é um endereço de e-mail.',
		'name-invalid':
			'O nome deve ser o de uma pessoa, em uma linha de no máximo 100 caracteres, sem números, links nem frases.',
		'locale-invalid': 'Isto não é um código de idioma como en, pt-BR ou ar.',
		repeated: 'Este e-mail já está em uma linha acima.',
		'too-many-fields': 'A linha tem mais campos do que colunas.',
	},
	moreRows: (n) => `E mais ${n}.`,
	go: (n) => `Cadastrar ${n}`,
	takes: (time) => `Leva cerca de ${time}.`,
	change: 'Alterar a lista',
	refused: {
		gone: 'A lista expirou. Cole-a ou escolha o arquivo de novo.',
		empty: 'Cole uma lista ou escolha um arquivo com pelo menos uma pessoa.',
		unreadable: 'Não é possível ler a lista: há aspas abertas que não são fechadas.',
		tooLong: (rows) => `A lista é longa demais. Divida-a em listas de no máximo ${rows} pessoas.`,
	},
	recent: 'Listas recentes',
	progressTitle: 'Cadastro em andamento',
	progress: (done, all) => `${done} de ${all} concluídas`,
	registered: (n) => `${n} cadastradas`,
	taken: (n) => `${n} já tinham conta`,
	waiting: (n) => `${n} em espera`,
	stopped: (n) => `${n} não cadastradas`,
	finished: (moment) => `Concluída em ${moment}`,
	stoppedAt: (moment) => `Interrompida em ${moment}`,
	started: (moment, who) => `Iniciada em ${moment} · ${who}`,
	takenTitle: 'Já tinham conta, não receberam nada',
	stoppedTitle: 'Não cadastradas',
	stoppedLead:
		'O agente que iniciou esta lista já não tem acesso, por isso a lista foi interrompida. Estas pessoas não foram cadastradas e não receberam nada. Inicie outra lista para cadastrá-las.',
	reload: 'Esta página se atualiza até a lista terminar.',
	another: 'Cadastrar mais',
};
