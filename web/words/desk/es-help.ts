import type { HelpWords } from './words.js';

export const help: HelpWords = {
	unlock: {
		title: 'Desbloquear la cuenta',
		lead: (email) => `${email} puede introducir contraseñas y códigos de nuevo enseguida.`,
		notes: [
			'Se olvidan todas las contraseñas y códigos erróneos, y también las esperas.',
			'Pregunte antes si los códigos erróneos eran de la persona. Si no, puede que alguien más conozca la contraseña.',
			'Se avisa a la persona por correo.',
		],
		go: 'Desbloquear',
	},
	freeze: {
		title: 'Congelar la cuenta',
		lead: (email) => `${email} sale de todas las sesiones y no puede iniciar sesión hasta que descongele la cuenta.`,
		notes: [
			'Nada de la cuenta se cambia ni se elimina.',
			'Solo quien sabe la contraseña lee que la cuenta está congelada.',
			'Se avisa a la persona por correo.',
		],
		go: 'Congelar',
	},
	unfreeze: {
		title: 'Descongelar la cuenta',
		lead: (email) => `${email} puede iniciar sesión de nuevo, con la contraseña y el token móvil de antes.`,
		notes: ['Asegúrese antes de que habla con la propia persona.', 'Se avisa a la persona por correo.'],
		go: 'Descongelar',
	},
	endSessions: {
		title: 'Cerrar todas las sesiones',
		lead: (email) => `${email} sale de todos los dispositivos y puede iniciar sesión de nuevo enseguida.`,
		notes: ['La contraseña y el token móvil quedan como están.', 'Se avisa a la persona por correo.'],
		go: 'Cerrar sesiones',
	},
	person: {
		title: 'Corregir nombre e idioma',
		lead: (email) => `De ${email}. Los correos saludan con el nombre y se escriben en el idioma.`,
		nameHint: 'Déjelo vacío para quitar el nombre.',
		go: 'Corregir',
	},
	frozenFirst: 'La cuenta está congelada y no se puede enviar nada que la abra. Descongélela primero.',
	frozenSince: 'Congelada desde',
};
