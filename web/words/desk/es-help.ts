import type { HelpWords } from './words.js';

export const help: HelpWords = {
	unlock: {
		title: 'Desbloquear la cuenta',
		lead: (email) => `${email} puede volver a introducir contraseñas y códigos de inmediato.`,
		notes: [
			'Se borran todos los intentos erróneos de contraseña y de código, y también las esperas.',
			'Pregunte antes al usuario si los códigos erróneos eran suyos. Si no, otra persona puede conocer la contraseña.',
			'Avisamos al usuario por correo.',
		],
		go: 'Desbloquear',
	},
	freeze: {
		title: 'Congelar la cuenta',
		lead: (email) => `${email} sale de todas las sesiones y no puede iniciar sesión hasta que descongele la cuenta.`,
		notes: [
			'La cuenta conserva sus datos y su paso.',
			'El usuario que conoce la contraseña lee al iniciar sesión que la cuenta está congelada.',
			'Avisamos al usuario por correo.',
		],
		go: 'Congelar',
	},
	unfreeze: {
		title: 'Descongelar la cuenta',
		lead: (email) => `${email} puede iniciar sesión de nuevo, con la misma contraseña y el mismo token móvil.`,
		notes: ['Asegúrese antes de que habla con el usuario.', 'Avisamos al usuario por correo.'],
		go: 'Descongelar',
	},
	endSessions: {
		title: 'Cerrar todas las sesiones',
		lead: (email) => `${email} sale de todos los dispositivos y puede iniciar sesión de nuevo de inmediato.`,
		notes: ['La contraseña y el token móvil no cambian.', 'Avisamos al usuario por correo.'],
		go: 'Cerrar sesiones',
	},
	person: {
		title: 'Corregir nombre e idioma',
		lead: (email) => `Para ${email}. Los correos usan este nombre y este idioma.`,
		nameHint: 'Déjelo vacío para quitar el nombre.',
		go: 'Corregir',
	},
	frozenFirst: 'La cuenta está congelada, así que no puede emitir una contraseña temporal. Descongélela primero.',
	frozenSince: 'Congelada desde',
};
