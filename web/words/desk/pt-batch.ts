import type { DeskWords } from './words.js';

export const batch: DeskWords['batch'] = {
	title: 'Registar várias',
	lead: 'Cole uma lista ou escolha um ficheiro. Nada é enviado antes de ver o que está errado.',
	list: 'Lista',
	listHint:
		'Uma pessoa por linha: email, nome, idioma. Vírgula, ponto e vírgula ou tabulação entre eles. Uma primeira linha com os nomes das colunas pode indicar outra ordem.',
	file: 'Ou um ficheiro CSV',
	fileHint: 'No máximo 5000 pessoas e 1 MB. Se escolher um, a lista acima não é lida.',
	rate: 'Quantas por segundo',
	rateHint: 'Mais devagar custa menos aos servidores de email.',
	check: 'Verificar a lista',
	checkTitle: 'O que a lista contém',
	ready: (n, text) => (n === 1 ? '1 pessoa será registada.' : `${text} pessoas serão registadas.`),
	flawed: (n, text) =>
		n === 1 ? '1 linha tem um problema e fica de fora.' : `${text} linhas têm um problema e ficam de fora.`,
	known: (n, text) =>
		n === 1 ? '1 pessoa já tem conta e não recebe nada.' : `${text} pessoas já têm conta e não recebem nada.`,
	nothing: 'Ninguém desta lista pode ser registado.',
	line: (n) => `Linha ${n}`,
	problems: {
		'email-missing': 'Falta o email.',
		'email-invalid': 'Isto não é um endereço de email.',
		'name-invalid':
			'Isto tem de ser o nome de uma pessoa, numa linha de 100 caracteres no máximo, sem números, ligações nem frases.',
		'locale-invalid': 'Isto não é um idioma, como en, pt-BR ou ar.',
		repeated: 'Este email já está mais acima.',
		'too-many-fields': 'Há mais campos do que colunas.',
	},
	moreRows: (n) => `E mais ${n}.`,
	go: (n) => `Registar ${n}`,
	takes: (time) => `Demora cerca de ${time}.`,
	change: 'Mudar a lista',
	refused: {
		gone: 'A lista esperou demasiado tempo e já não está guardada. Indique-a de novo.',
		empty: 'Cole uma lista ou escolha um ficheiro com pelo menos uma pessoa.',
		unreadable: 'A lista não pode ser lida: umas aspas são abertas e nunca fechadas.',
		tooLong: (rows) => `A lista é demasiado longa. Divida-a em partes de ${rows} pessoas no máximo.`,
	},
	recent: 'Listas até agora',
	progressTitle: 'A registar',
	progress: (done, all) => `${done} de ${all} feitas`,
	registered: (n) => `${n} registadas`,
	taken: (n) => `${n} já tinham conta`,
	waiting: (n) => `${n} à espera`,
	stopped: (n) => `${n} por registar`,
	finished: (moment) => `Terminou em ${moment}`,
	stoppedAt: (moment) => `Parada em ${moment}`,
	started: (moment, who) => `Começou em ${moment} por ${who}`,
	takenTitle: 'Já tinham conta, nada recebem',
	stoppedTitle: 'Por registar',
	stoppedLead:
		'O acesso do agente que iniciou esta lista terminou, por isso a lista foi parada. Estas pessoas não foram registadas e nada receberam. Inicie outra lista para as registar.',
	reload: 'Esta página recarrega sozinha até todas estarem feitas.',
	another: 'Registar mais',
};
