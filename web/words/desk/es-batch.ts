import type { DeskWords } from './words.js';

export const batch: DeskWords['batch'] = {
	title: 'Registrar varias',
	lead: 'Pegue una lista o elija un archivo. Nada se envía antes de que vea qué está mal.',
	list: 'Lista',
	listHint:
		'Una persona por línea: correo, nombre, idioma. Coma, punto y coma o tabulador entre ellos. Una primera línea con los nombres de las columnas puede indicar otro orden.',
	file: 'O un archivo CSV',
	fileHint: 'Como máximo 5000 personas y 1 MB. Si elige uno, la lista de arriba no se lee.',
	rate: 'Cuántas por segundo',
	rateHint: 'Más despacio es más llevadero para los servidores de correo.',
	check: 'Comprobar la lista',
	checkTitle: 'Qué contiene la lista',
	ready: (n, text) => (n === 1 ? 'Se registrará a 1 persona.' : `Se registrará a ${text} personas.`),
	flawed: (n, text) =>
		n === 1 ? '1 línea tiene un problema y queda fuera.' : `${text} líneas tienen un problema y quedan fuera.`,
	known: (n, text) =>
		n === 1 ? '1 persona ya tiene cuenta y no recibe nada.' : `${text} personas ya tienen cuenta y no reciben nada.`,
	nothing: 'No se puede registrar a nadie de esta lista.',
	line: (n) => `Línea ${n}`,
	problems: {
		'email-missing': 'Falta el correo.',
		'email-invalid': 'Esto no es una dirección de correo.',
		'name-invalid':
			'Esto debe ser el nombre de una persona, en una línea de 100 caracteres como máximo, sin números, enlaces ni frases.',
		'locale-invalid': 'Esto no es un idioma, como en, pt-BR o ar.',
		repeated: 'Este correo ya está más arriba.',
		'too-many-fields': 'Hay más campos que columnas.',
	},
	moreRows: (n) => `Y ${n} más.`,
	go: (n) => `Registrar ${n}`,
	takes: (time) => `Tarda unos ${time}.`,
	change: 'Cambiar la lista',
	refused: {
		gone: 'La lista ha esperado demasiado y ya no se conserva. Indíquela de nuevo.',
		empty: 'Pegue una lista o elija un archivo con al menos una persona.',
		unreadable: 'La lista no se puede leer: unas comillas se abren y nunca se cierran.',
		tooLong: (rows) => `La lista es demasiado larga. Divídala en partes de ${rows} personas como máximo.`,
	},
	recent: 'Listas hasta ahora',
	progressTitle: 'Registrando',
	progress: (done, all) => `${done} de ${all} hechas`,
	registered: (n) => `${n} registradas`,
	taken: (n) => `${n} ya tenían cuenta`,
	waiting: (n) => `${n} en espera`,
	stopped: (n) => `${n} sin registrar`,
	finished: (moment) => `Terminó el ${moment}`,
	stoppedAt: (moment) => `Detenida el ${moment}`,
	started: (moment, who) => `Empezó el ${moment} por ${who}`,
	takenTitle: 'Ya tenían cuenta, no reciben nada',
	stoppedTitle: 'Sin registrar',
	stoppedLead:
		'El acceso del agente que inició esta lista ha terminado, por lo que la lista se detuvo. Estas personas no se registraron y no recibieron nada. Inicie otra lista para registrarlas.',
	reload: 'Esta página se recarga sola hasta que todas estén hechas.',
	another: 'Registrar más',
};
