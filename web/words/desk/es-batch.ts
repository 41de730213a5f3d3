import type { DeskWords } from './words.js';

export const batch: DeskWords['batch'] = {
	title: 'Registrar varias',
	lead: 'Pegue una lista o elija un archivo. Verá los problemas de la lista antes de que se envíe nada.',
	list: 'Lista',
	listHint:
		'Una persona por línea: correo, nombre, idioma, separados por comas, puntos y comas o tabuladores. Para otro orden, indique los nombres de las columnas en la primera línea.',
	file: 'O un archivo CSV',
	fileHint: 'Como máximo 5000 personas y 1 MB. Si elige un archivo, la lista de arriba se ignora.',
	rate: 'Personas por segundo',
	rateHint: 'Un ritmo más lento es mejor para los servidores de correo.',
	check: 'Comprobar la lista',
	checkTitle: 'Contenido de la lista',
	ready: (n, text) => (n === 1 ? 'Se registrará a 1 persona.' : `Se registrará a ${text} personas.`),
	flawed: (n, text) =>
		n === 1 ? '1 línea tiene un problema y queda fuera.' : `${text} líneas tienen un problema y quedan fuera.`,
	known: (n, text) =>
		n === 1 ? '1 persona ya tiene cuenta y no recibe nada.' : `${text} personas ya tienen cuenta y no reciben nada.`,
	nothing: 'Esta lista no contiene ninguna persona que registrar.',
	line: (n) => `Línea ${n}`,
	problems: {
		'email-missing': 'Falta el correo.',
		'email-invalid': 'Esto no es una dirección de correo.',
		'name-invalid':
			'El nombre debe ser el de una persona, en una línea de 100 caracteres como máximo, sin números, enlaces ni frases.',
		'locale-invalid': 'Esto no es un código de idioma como en, pt-BR o ar.',
		repeated: 'Este correo ya está en una línea anterior.',
		'too-many-fields': 'La línea tiene más campos que columnas.',
	},
	moreRows: (n) => `Y ${n} más.`,
	go: (n) => `Registrar ${n}`,
	takes: (time) => `Tarda unos ${time}.`,
	change: 'Cambiar la lista',
	refused: {
		gone: 'La lista ha caducado. Péguela o elija el archivo de nuevo.',
		empty: 'Pegue una lista o elija un archivo con al menos una persona.',
		unreadable: 'La lista no se puede leer: hay comillas que se abren y no se cierran.',
		tooLong: (rows) => `La lista es demasiado larga. Divídala en listas de ${rows} personas como máximo.`,
	},
	recent: 'Listas recientes',
	progressTitle: 'Registro en curso',
	progress: (done, all) => `${done} de ${all} terminadas`,
	registered: (n) => `${n} registradas`,
	taken: (n) => `${n} ya tenían cuenta`,
	waiting: (n) => `${n} en espera`,
	stopped: (n) => `${n} sin registrar`,
	finished: (moment) => `Terminada el ${moment}`,
	stoppedAt: (moment) => `Detenida el ${moment}`,
	started: (moment, who) => `Iniciada el ${moment} · ${who}`,
	takenTitle: 'Ya tenían cuenta, no recibieron nada',
	stoppedTitle: 'Sin registrar',
	stoppedLead:
		'El agente que inició esta lista ya no tiene acceso, por lo que la lista se detuvo. Estas personas no se registraron y no recibieron nada. Inicie otra lista para registrarlas.',
	reload: 'Esta página se recarga hasta que la lista termine.',
	another: 'Registrar más',
};
