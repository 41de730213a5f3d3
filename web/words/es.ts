import type { Words } from './words.js';

export const es: Words = {
	language: 'es',
	name: 'Español',
	direction: 'ltr',
	common: {
		language: 'Idioma',
		skip: 'Ir al contenido',
		logIn: 'Iniciar sesión',
		logOut: 'Cerrar sesión',
		continue: 'Continuar',
		later: 'Recordármelo más tarde. Continuar a la plataforma',
		error: 'Error',
		problem: 'Hay un problema',
		steps: 'Pasos de la configuración',
		step: (n, of) => `Paso ${n} de ${of}`,
		stepDone: 'hecho',
		help: (contact) => `¿Necesita ayuda? Contacte con ${contact}.`,
		toPlatform: 'Continuar a la plataforma',
		opensNewTab: 'se abre en una pestaña nueva',
	},
	stepNames: { password: 'Contraseña', token: 'Token móvil', phone: 'Teléfono de respaldo' },
	flashes: {
		'session-ended': 'Su sesión ha terminado. Inicie sesión de nuevo para seguir donde lo dejó.',
		'logged-out': 'Ha cerrado la sesión.',
		'already-done': 'Eso ya estaba hecho, quizá en otra pestaña. Siga aquí.',
		deferred: 'Hecho. Puede añadir aquí su teléfono de respaldo cuando quiera.',
		'code-sent': 'Un código nuevo está en camino.',
	},
	home: {
		title: 'Le damos la bienvenida',
		lead: 'Inicie sesión con su contraseña y un código de su teléfono. Una contraseña robada no basta para abrir su cuenta.',
		newHere: '¿Es su primera vez?',
		promise:
			'Tenga su teléfono a mano e inicie sesión con la contraseña temporal del correo de confirmación. La configuración lleva unos minutos:',
		about: [
			['Su contraseña', 'Sustituya la contraseña temporal por una propia.'],
			['Su token móvil', 'Configure una aplicación en su teléfono con un código QR.'],
			['Su teléfono de respaldo', 'Le ayuda si pierde su token móvil. Puede añadirlo más tarde.'],
		],
	},
	logIn: {
		title: 'Iniciar sesión',
		lead: 'Introduzca su correo electrónico y su contraseña.',
		email: 'Correo electrónico',
		password: 'Contraseña',
		hint: (lifetime) =>
			`¿Es su primera vez? Introduzca la contraseña temporal del correo de confirmación. Es válida durante ${lifetime}.`,
	},
	showPassword: 'Mostrar',
	hidePassword: 'Ocultar',
	code: {
		title: 'Introduzca su código',
		lead: 'Abra la aplicación de autenticación en su teléfono e introduzca el código que muestra para esta cuenta.',
		label: 'Código de verificación',
		hint: 'Seis dígitos. Cada 30 segundos aparece un código nuevo.',
		lost: '¿Ha perdido su token móvil?',
		lostText: (contact) => `Aquí aún no puede iniciar sesión con el teléfono de respaldo. Contacte con ${contact}.`,
	},
	expired: {
		title: 'Su contraseña temporal ha caducado',
		lead: 'La contraseña es correcta, pero ya no es válida.',
		contact: (contact) => `Contacte con ${contact} para recibir otra por correo.`,
		kept: 'Su registro sigue como está.',
		back: 'Volver a Iniciar sesión',
	},
	password: {
		title: 'Cambie su contraseña',
		lead: 'Elija una contraseña propia. Sustituye a la temporal.',
		label: 'Contraseña nueva',
		rules: 'Cómo es una buena contraseña',
		length: (min) =>
			`Al menos ${min} caracteres. Puede usar espacios: pruebe con varias palabras sin relación entre sí.`,
		notYours: (product) => `No use su nombre, su correo ni «${product}».`,
		notCommon: 'No use una contraseña común.',
		until: (moment) => `Su contraseña temporal es válida hasta el ${moment}.`,
	},
	token: {
		title: 'Configure su token móvil',
		lead: 'Una aplicación en su teléfono muestra un código nuevo cada 30 segundos. Introduce el código cada vez que inicia sesión.',
		getApp: 'Instale una aplicación de autenticación',
		getAppText: '¿Ya tiene una? Vaya al paso siguiente. Sirve cualquier aplicación TOTP, también estas tres:',
		scan: 'Escanee el código QR con la aplicación',
		scanText: 'En la aplicación, añada una cuenta y apunte la cámara aquí.',
		qrCode: 'Código QR con la clave de su token móvil. La clave también está escrita abajo, para introducirla a mano.',
		samePhone: '¿Está leyendo esto en su teléfono?',
		openApp: 'Abrir en la aplicación de autenticación',
		byHand: 'O introduzca la clave a mano',
		account: 'Cuenta',
		key: 'Clave',
		kind: 'Tipo',
		kindText: 'Basado en tiempo, 6 dígitos',
		copy: 'Copiar clave',
		copied: 'Copiada',
		enter: 'Introduzca el código que muestra ahora la aplicación',
		label: 'Código de verificación',
		hint: 'Seis dígitos, con espacio o sin él.',
	},
	phone: {
		title: 'Añada un teléfono móvil de respaldo',
		lead: 'Si pierde su token móvil, un código enviado a este número le ayudará a iniciar sesión. No usamos el número para nada más.',
		askedAgain: 'Nos pidió que se lo recordáramos: su cuenta aún no tiene teléfono de respaldo.',
		country: 'Código de país',
		number: 'Número de teléfono móvil',
		hint: 'Introduzca el número sin el código de país, o empiece por + y el código de país.',
		sends:
			'Le enviaremos un SMS con un código de confirmación. Si está en el extranjero, su operador puede cobrárselo.',
		smallPrint:
			'El SMS es menos seguro que su token móvil: los mensajes se pueden interceptar y los números, usurpar. Por eso el teléfono es solo un respaldo y es opcional.',
		laterHint: (date) => `Se lo volveremos a preguntar el ${date}.`,
	},
	phoneCode: {
		title: 'Introduzca el código del SMS',
		sent: (code, number) => `Hemos enviado el código ${code} al ${number}.`,
		onlyNewest: (code) => `Ahora solo vale el código ${code}. Los códigos anteriores ya no sirven.`,
		smsStates: {
			underway: 'El SMS está en camino.',
			sent: 'Hemos enviado el SMS. Suele llegar en un minuto.',
			delivered: 'El SMS se ha entregado.',
			failed: 'No se ha podido entregar el SMS. Compruebe el número y reenvíe el código.',
			unknown: 'No sabemos si el SMS se envió. Si no llega, reenvíe el código.',
		},
		smsReasons: {
			'number-invalid': 'Este número no puede recibir SMS. Compruébelo o indique otro.',
			'number-opted-out':
				'Este número ha bloqueado nuestros SMS. Responda START a un SMS nuestro anterior o indique otro número.',
			'country-not-available':
				'No podemos enviar SMS a este país. Indique otro número o elija «Recordármelo más tarde».',
			'handset-unreachable': 'El teléfono estaba apagado o sin cobertura. Enciéndalo y reenvíe el código.',
			'carrier-rejected':
				'El operador de este número no ha aceptado el SMS. Indique otro número o elija «Recordármelo más tarde».',
		},
		until: (time) => `El código es válido hasta las ${time}.`,
		over: 'Este código ha caducado. Elija «Reenviar código» para recibir otro.',
		label: 'Código de confirmación',
		attemptsLeft: (n) => (n === 1 ? 'Queda 1 intento.' : `Quedan ${n} intentos.`),
		notThere: '¿No llega el SMS?',
		notThereText:
			'Espere un minuto. Compruebe el número y corríjalo si es erróneo. Cada código nuevo sustituye al anterior.',
		number: 'Enviarlo a',
		numberHint: 'Empiece por + si el número es de otro país.',
		wait: (time) => `Puede pedir otro código a partir de las ${time}.`,
		countdown: (wait) => `Tiempo restante: ${wait}.`,
		now: 'Ya puede pedir otro código.',
		resend: 'Reenviar código',
		reload: 'Comprobar la entrega otra vez',
	},
	done: {
		title: '¡Todo listo!',
		lead: 'Ha completado la configuración de su cuenta.',
		setUp: 'Lo que está configurado',
		password: 'Contraseña',
		passwordText: 'Propia',
		add: 'Añadirlo ahora',
		next: 'A partir de ahora, inicie sesión con su contraseña y un código de su aplicación.',
	},
	security: {
		title: 'Su cuenta',
		lead: 'Esto es lo que protege su cuenta.',
		token: 'Token móvil',
		active: 'Activo',
		since: (date) => `Desde el ${date}. Introduce un código de él cada vez que inicia sesión.`,
		lost: '¿Ha perdido su token móvil o ha cambiado de teléfono?',
		lostText: (contact) => `Aquí aún no puede sustituirlo. Contacte con ${contact}.`,
		phone: 'Teléfono de respaldo',
		none: 'Sin configurar',
		noneText: 'Sin un teléfono de respaldo, solo Customer Success puede ayudarle si pierde su token móvil.',
		askAgain: (date) => `Se lo volveremos a preguntar el ${date}.`,
		add: 'Añadir teléfono de respaldo',
		changePhone: (contact) => `¿Número nuevo? Aquí aún no puede cambiarlo. Contacte con ${contact}.`,
		recovery: 'Códigos de recuperación',
		recoveryText: 'Códigos para guardar en papel, por si no tiene ni su token móvil ni su teléfono.',
		notYet: 'Aún no disponibles',
	},
	problem: {
		title: 'Algo ha ido mal',
		unexpected:
			'Ha habido un error por nuestra parte. Inténtelo de nuevo en un momento. Si el error continúa, indíquenos este número:',
		notFoundTitle: 'Página no encontrada',
		home: 'Ir a la página de inicio',
	},
	refusals: {
		'invalid-request': () => 'No hemos podido leer la solicitud. Vuelva a cargar la página e inténtelo de nuevo.',
		'not-signed-in': () => 'Su sesión ha terminado. Inicie sesión de nuevo para seguir donde lo dejó.',
		'invalid-credentials': () =>
			'El correo o la contraseña no son correctos. Una contraseña temporal solo vale hasta que elige una propia o recibe otra.',
		'temporary-password-expired': ({ contact }) =>
			`Su contraseña temporal ha caducado. Contacte con ${contact} para recibir otra.`,
		'account-frozen': ({ contact }) =>
			`Su cuenta está congelada para protegerla. Contacte con ${contact} para volver a usarla.`,
		'not-permitted': () => 'Esta página requiere su contraseña y su token móvil. Inicie sesión con ambos.',
		'cross-site': () =>
			'La solicitud vino de otro sitio, así que no hemos hecho nada. Abra la página aquí e inténtelo de nuevo.',
		'not-found': () => 'Puede que la dirección esté mal escrita o que la página ya no exista.',
		'wrong-step': () => 'Primero hay otro paso. Siga desde la página de inicio.',
		'already-done': () => 'Eso ya estaba hecho. Siga desde la página de inicio.',
		'email-taken': () => 'Este correo ya tiene una cuenta.',
		'payload-too-large': () => 'Es más de lo que admite este formulario. Acórtelo e inténtelo de nuevo.',
		'unsupported-media-type': () => 'No hemos podido leer la solicitud. Use el formulario de la página.',
		'password-rejected': () => 'Esta contraseña no puede usarse. Elija otra.',
		'wrong-code': ({ clock }) =>
			clock
				? `El reloj de su teléfono va unos ${clock.by} ${clock.ahead ? 'adelantado' : 'atrasado'}. Ponga la fecha y la hora en automático en su teléfono e introduzca el código más reciente.`
				: 'Ese código no es correcto. Introduzca el más reciente.',
		'code-expired': () => 'Este código ha caducado. Elija «Reenviar código» para recibir otro.',
		'code-superseded': ({ liveCode }) =>
			`Ese era un código anterior. Introduzca el código ${liveCode}, del SMS más reciente.`,
		'phone-number-invalid': () => 'Este número no puede usarse. Compruebe el país y los dígitos.',
		'attempts-exhausted': ({ wait, final, contact }) =>
			final
				? `Demasiados códigos erróneos. Para proteger su cuenta, hemos desactivado los códigos. Contacte con ${contact}.`
				: `Demasiados códigos erróneos. Puede pedir otro código dentro de ${wait}.`,
		'resend-too-soon': ({ wait }) => `El último SMS aún puede llegar. Puede pedir otro código dentro de ${wait}.`,
		'rate-limited': ({ wait, sending }) =>
			sending
				? `Por ahora no podemos enviar más códigos. Inténtelo de nuevo dentro de ${wait} o elija «Recordármelo más tarde».`
				: `Demasiados intentos. Espere ${wait} e inténtelo de nuevo.`,
		unavailable: () => 'En este momento no podemos acceder a la base de datos. Inténtelo de nuevo en unos segundos.',
	},
	flaws: {
		'too-short': ({ passwordLength }) => `Use al menos ${passwordLength.min} caracteres.`,
		'too-long': ({ passwordLength }) => `Use como máximo ${passwordLength.max} caracteres.`,
		'contains-email': () => 'No use su correo en la contraseña.',
		'contains-name': () => 'No use su nombre en la contraseña.',
		'contains-product': ({ product }) => `No use el nombre ${product} en la contraseña.`,
		temporary: () => 'Elija una contraseña distinta de la temporal.',
		common: () => 'Es una contraseña común. Elija otra.',
		guessable: () =>
			'Esta contraseña es fácil de adivinar. Varias palabras sin relación entre sí forman una buena contraseña.',
		'country-unknown': () => 'Elija un país de la lista.',
		impossible: () => 'No es un número de teléfono válido. Compruebe el país y los dígitos.',
		'not-mobile': () => 'No es un número móvil. Introduzca un número que pueda recibir SMS.',
		'country-not-allowed': () => 'No podemos enviar SMS a este país. Use otro número o elija «Recordármelo más tarde».',
		malformed: () => 'Introduzca los seis dígitos del código.',
		wrong: () =>
			'Ese código no es correcto. Espere al siguiente en su aplicación. Si tampoco es correcto, ponga la hora de su teléfono en automático.',
		credentials: () => 'El correo o la contraseña no son correctos.',
		'email-missing': () => 'Introduzca su correo electrónico.',
		'password-missing': () => 'Introduzca su contraseña.',
		'number-missing': () => 'Introduzca su número de teléfono móvil.',
		'code-missing': () => 'Introduzca los seis dígitos del código.',
	},
};
