import type { Words } from './words.js';

/** Brazilian Portuguese, which readers in Portugal understand. */
export const pt: Words = {
	language: 'pt',
	name: 'Português',
	direction: 'ltr',
	common: {
		language: 'Idioma',
		skip: 'Ir para o conteúdo',
		logIn: 'Entrar',
		logOut: 'Sair',
		continue: 'Continuar',
		later: 'Lembrar mais tarde. Continuar para a plataforma',
		error: 'Erro',
		problem: 'Há um problema',
		steps: 'Etapas da configuração',
		step: (n, of) => `Etapa ${n} de ${of}`,
		stepDone: 'concluída',
		help: (contact) => `Precisa de ajuda? Fale com ${contact}.`,
		toPlatform: 'Continuar para a plataforma',
		opensNewTab: 'abre em uma nova aba',
	},
	stepNames: { password: 'Senha', token: 'Token móvel', phone: 'Telefone de reserva' },
	flashes: {
		'session-ended': 'Sua sessão terminou. Entre de novo para continuar de onde parou.',
		'logged-out': 'Você saiu da conta.',
		'already-done': 'Isso já estava feito, talvez em outra aba. Continue aqui.',
		deferred: 'Pronto. Você pode adicionar o telefone de reserva aqui quando quiser.',
		'code-sent': 'Um novo código está a caminho.',
	},
	home: {
		title: 'Boas-vindas',
		lead: 'Entre com a sua senha e um código do seu telefone. Uma senha roubada, sozinha, não abre a sua conta.',
		newHere: 'É a primeira vez aqui?',
		promise:
			'Tenha o telefone à mão e entre com a senha temporária do e-mail de confirmação. A configuração leva poucos minutos:',
		about: [
			['Sua senha', 'Você troca a senha temporária por uma só sua.'],
			['Seu token móvel', 'Você configura um aplicativo no telefone com um código QR.'],
			['Seu telefone de reserva', 'Ele ajuda se você perder o token móvel. Você pode adicioná-lo depois.'],
		],
	},
	logIn: {
		title: 'Entrar',
		lead: 'Digite o seu e-mail e a sua senha.',
		email: 'E-mail',
		password: 'Senha',
		hint: (lifetime) =>
			`É a primeira vez? Digite a senha temporária do e-mail de confirmação. Ela vale por ${lifetime}.`,
	},
	showPassword: 'Mostrar',
	hidePassword: 'Ocultar',
	code: {
		title: 'Digite o seu código',
		lead: 'Abra o aplicativo autenticador no telefone e digite o código que ele mostra para esta conta.',
		label: 'Código de verificação',
		hint: 'Seis dígitos. Um novo código aparece a cada 30 segundos.',
		lost: 'Perdeu o token móvel?',
		lostText: (contact) => `Ainda não é possível entrar aqui com o telefone de reserva. Fale com ${contact}.`,
	},
	expired: {
		title: 'A senha temporária expirou',
		lead: 'A senha está certa, mas já não é válida.',
		contact: (contact) => `Fale com ${contact} para receber outra por e-mail.`,
		kept: 'O seu cadastro continua como está.',
		back: 'Voltar para Entrar',
	},
	password: {
		title: 'Troque a sua senha',
		lead: 'Escolha uma senha só sua. Ela substitui a temporária.',
		label: 'Nova senha',
		rules: 'Como é uma boa senha',
		length: (min) =>
			`Pelo menos ${min} caracteres. Você pode usar espaços: experimente algumas palavras sem relação entre si.`,
		notYours: (product) => `Não use o seu nome, o seu e-mail nem “${product}”.`,
		notCommon: 'Não use uma senha comum.',
		until: (moment) => `A senha temporária vale até ${moment}.`,
	},
	token: {
		title: 'Configure o seu token móvel',
		lead: 'Um aplicativo no telefone mostra um novo código a cada 30 segundos. Você digita o código sempre que entra.',
		getApp: 'Instale um aplicativo autenticador',
		getAppText: 'Já tem um? Siga para a próxima etapa. Qualquer aplicativo TOTP funciona, inclusive estes três:',
		scan: 'Leia o código QR com o aplicativo',
		scanText: 'No aplicativo, adicione uma conta e aponte a câmera para cá.',
		qrCode: 'Código QR com a chave do seu token móvel. A chave também está escrita abaixo, para digitar.',
		samePhone: 'Está lendo isto no telefone?',
		openApp: 'Abrir no aplicativo autenticador',
		byHand: 'Ou digite a chave',
		account: 'Conta',
		key: 'Chave',
		kind: 'Tipo',
		kindText: 'Baseado em tempo, 6 dígitos',
		copy: 'Copiar chave',
		copied: 'Copiada',
		enter: 'Digite o código que o aplicativo mostra agora',
		label: 'Código de verificação',
		hint: 'Seis dígitos, com ou sem espaço.',
	},
	phone: {
		title: 'Adicione um telefone móvel de reserva',
		lead: 'Se um dia você perder o token móvel, um código enviado a este número ajuda você a entrar. Não usamos o número para mais nada.',
		askedAgain: 'Você pediu um lembrete: sua conta ainda não tem telefone de reserva.',
		country: 'Código do país',
		number: 'Número do telefone móvel',
		hint: 'Digite o número sem o código do país, ou comece com + e o código do país.',
		sends:
			'Enviaremos um SMS com um código de confirmação. Se você estiver no exterior, a operadora pode cobrar por ele.',
		smallPrint:
			'O SMS é menos seguro que o token móvel: mensagens podem ser interceptadas e números, roubados. Por isso o telefone é só uma reserva e é opcional.',
		laterHint: (date) => `Perguntaremos de novo em ${date}.`,
	},
	phoneCode: {
		title: 'Digite o código do SMS',
		sent: (code, number) => `Enviamos o código ${code} para ${number}.`,
		onlyNewest: (code) => `Só o código ${code} vale agora. Os códigos anteriores já não valem.`,
		smsStates: {
			underway: 'O SMS está a caminho.',
			sent: 'Enviamos o SMS. Ele costuma chegar em um minuto.',
			delivered: 'O SMS foi entregue.',
			failed: 'O SMS não pôde ser entregue. Confira o número e reenvie o código.',
			unknown: 'Não sabemos se o SMS foi enviado. Se ele não chegar, reenvie o código.',
		},
		smsReasons: {
			'number-invalid': 'Este número não recebe SMS. Confira o número ou informe outro.',
			'number-opted-out':
				'Este número bloqueou os nossos SMS. Responda START a um SMS anterior nosso ou informe outro número.',
			'country-not-available':
				'Não é possível enviar SMS para este país. Informe outro número ou escolha “Lembrar mais tarde”.',
			'handset-unreachable': 'O telefone estava desligado ou sem rede. Ligue o telefone e reenvie o código.',
			'carrier-rejected':
				'A operadora deste número não aceitou o SMS. Informe outro número ou escolha “Lembrar mais tarde”.',
		},
		until: (time) => `O código vale até ${time}.`,
		over: 'Este código expirou. Escolha “Reenviar código” para receber outro.',
		label: 'Código de confirmação',
		attemptsLeft: (n) => (n === 1 ? 'Resta 1 tentativa.' : `Restam ${n} tentativas.`),
		notThere: 'O SMS não chegou?',
		notThereText:
			'Espere um minuto. Confira o número e corrija-o, se estiver errado. Cada novo código substitui o anterior.',
		number: 'Enviar para',
		numberHint: 'Comece com + para um número de outro país.',
		wait: (time) => `Você pode pedir outro código depois das ${time}.`,
		countdown: (wait) => `Tempo restante: ${wait}.`,
		now: 'Você já pode pedir outro código.',
		resend: 'Reenviar código',
		reload: 'Verificar a entrega de novo',
	},
	done: {
		title: 'Tudo pronto!',
		lead: 'Você concluiu a configuração da sua conta.',
		setUp: 'O que está configurado',
		password: 'Senha',
		passwordText: 'Só sua',
		add: 'Adicionar agora',
		next: 'De agora em diante, entre com a senha e um código do aplicativo.',
	},
	security: {
		title: 'Sua conta',
		lead: 'Isto é o que protege a sua conta.',
		token: 'Token móvel',
		active: 'Ativo',
		since: (date) => `Desde ${date}. Você digita um código dele sempre que entra.`,
		lost: 'Perdeu o token móvel ou trocou de telefone?',
		lostText: (contact) => `Ainda não é possível substituí-lo aqui. Fale com ${contact}.`,
		phone: 'Telefone de reserva',
		none: 'Não configurado',
		noneText: 'Sem um telefone de reserva, só a equipe de Customer Success pode ajudar se você perder o token móvel.',
		askAgain: (date) => `Perguntaremos de novo em ${date}.`,
		add: 'Adicionar telefone de reserva',
		changePhone: (contact) => `Número novo? Ainda não é possível alterá-lo aqui. Fale com ${contact}.`,
		recovery: 'Códigos de recuperação',
		recoveryText: 'Códigos para guardar em papel, caso você fique sem o token móvel e sem o telefone.',
		notYet: 'Ainda não disponíveis',
	},
	problem: {
		title: 'Algo deu errado',
		unexpected: 'Houve um erro do nosso lado. Tente de novo daqui a pouco. Se o erro continuar, informe este número:',
		notFoundTitle: 'Página não encontrada',
		home: 'Ir para a página inicial',
	},
	refusals: {
		'invalid-request': () => 'Não conseguimos ler a solicitação. Recarregue a página e tente de novo.',
		'not-signed-in': () => 'Sua sessão terminou. Entre de novo para continuar de onde parou.',
		'invalid-credentials': () =>
			'O e-mail ou a senha está incorreto. Uma senha temporária só vale até você escolher a sua ou receber outra.',
		'temporary-password-expired': ({ contact }) =>
			`A senha temporária expirou. Fale com ${contact} para receber outra.`,
		'account-frozen': ({ contact }) =>
			`Sua conta está congelada para protegê-la. Fale com ${contact} para voltar a usá-la.`,
		'not-permitted': () => 'Esta página exige a senha e o token móvel. Entre com os dois.',
		'cross-site': () =>
			'A solicitação veio de outro site, por isso não fizemos nada. Abra a página aqui e tente de novo.',
		'not-found': () => 'O endereço pode estar errado, ou a página já não existe.',
		'wrong-step': () => 'Outra etapa vem antes. Continue a partir da página inicial.',
		'already-done': () => 'Isso já estava feito. Continue a partir da página inicial.',
		'email-taken': () => 'Este e-mail já tem uma conta.',
		'payload-too-large': () => 'Isso é mais do que este formulário aceita. Encurte e tente de novo.',
		'unsupported-media-type': () => 'Não conseguimos ler a solicitação. Use o formulário da página.',
		'password-rejected': () => 'Esta senha não pode ser usada. Escolha outra.',
		'wrong-code': ({ clock }) =>
			clock
				? `O relógio do seu telefone está cerca de ${clock.by} ${clock.ahead ? 'adiantado' : 'atrasado'}. Ajuste data e hora para automático no telefone e digite o código mais recente.`
				: 'Esse código está incorreto. Digite o mais recente.',
		'code-expired': () => 'Este código expirou. Escolha “Reenviar código” para receber outro.',
		'code-superseded': ({ liveCode }) =>
			`Esse era um código anterior. Digite o código ${liveCode}, do SMS mais recente.`,
		'phone-number-invalid': () => 'Este número não pode ser usado. Confira o país e os dígitos.',
		'attempts-exhausted': ({ wait, final, contact }) =>
			final
				? `Houve muitos códigos errados. Para proteger a sua conta, desativamos os códigos. Fale com ${contact}.`
				: `Houve muitos códigos errados. Você pode pedir outro código em ${wait}.`,
		'resend-too-soon': ({ wait }) => `O último SMS ainda pode chegar. Você pode pedir outro código em ${wait}.`,
		'rate-limited': ({ wait, sending }) =>
			sending
				? `Não podemos enviar mais códigos por enquanto. Tente de novo em ${wait} ou escolha “Lembrar mais tarde”.`
				: `Houve muitas tentativas. Espere ${wait} e tente de novo.`,
		unavailable: () => 'Não conseguimos acessar o banco de dados no momento. Tente de novo em alguns segundos.',
	},
	flaws: {
		'too-short': ({ passwordLength }) => `Use pelo menos ${passwordLength.min} caracteres.`,
		'too-long': ({ passwordLength }) => `Use no máximo ${passwordLength.max} caracteres.`,
		'contains-email': () => 'Não use o seu e-mail na senha.',
		'contains-name': () => 'Não use o seu nome na senha.',
		'contains-product': ({ product }) => `Não use o nome ${product} na senha.`,
		temporary: () => 'Escolha uma senha diferente da temporária.',
		common: () => 'Esta é uma senha comum. Escolha outra.',
		guessable: () => 'Esta senha é fácil de adivinhar. Algumas palavras sem relação entre si fazem uma boa senha.',
		'country-unknown': () => 'Escolha um país da lista.',
		impossible: () => 'Este não é um número de telefone válido. Confira o país e os dígitos.',
		'not-mobile': () => 'Este não é um número móvel. Digite um número que receba SMS.',
		'country-not-allowed': () =>
			'Não podemos enviar SMS para este país. Use outro número ou escolha “Lembrar mais tarde”.',
		malformed: () => 'Digite os seis dígitos do código.',
		wrong: () =>
			'Esse código está incorreto. Espere o próximo no aplicativo. Se ele também estiver incorreto, ajuste o relógio do telefone para automático.',
		credentials: () => 'O e-mail ou a senha está incorreto.',
		'email-missing': () => 'Digite o seu e-mail.',
		'password-missing': () => 'Digite a sua senha.',
		'number-missing': () => 'Digite o número do seu telefone móvel.',
		'code-missing': () => 'Digite os seis dígitos do código.',
	},
};
