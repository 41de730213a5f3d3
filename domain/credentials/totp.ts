import { generateSecret, generateURI, verifySync } from 'otplib';
import type { Instant } from '../time.js';

/** The parameters that apps use whatever the key URI says (RFC 6238 with SHA-1, 6 digits, 30 s). */
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
/** The largest clock error of a phone that enrollment reports: ten time steps. */
const HINT_STEPS = 10;

/** A new secret of 160 bits (RFC 4226, R6), in Base32 without padding. */
export function mintTotpSecret(): string {
	return generateSecret({ length: SECRET_BYTES });
}

/** The `otpauth://` key URI an app reads. `issuer` holds no colon. */
export function keyUri(secret: string, accountName: string, issuer: string): string {
	return generateURI({ strategy: 'totp', secret, label: accountName, issuer });
}

/** The six digits a reader typed, without the spaces apps show between them; null when it is not six digits. */
export function normalizeCode(typed: string): string | null {
	const digits = typed.replace(/[\s\u00a0-]/g, '');
	return /^\d{6}$/.test(digits) ? digits : null;
}

/**
 * The time step whose code this is, among the current and the previous one (RFC 6238 5.2) and later than
 * `afterTimeStep`, the last one accepted; null when it is neither.
 */
export function matchTimeStep(secret: string, code: string, now: Instant, afterTimeStep: number | null): number | null {
	const epoch = Math.floor(Date.parse(now) / 1000);
	if (afterTimeStep !== null && afterTimeStep >= Math.floor(epoch / PERIOD_SECONDS)) return null;
	const result = verifySync({
		strategy: 'totp',
		secret,
		token: code,
		epoch,
		epochTolerance: [PERIOD_SECONDS, 0],
		...(afterTimeStep === null ? {} : { afterTimeStep }),
	});
	return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/**
 * By how many seconds the clock is off that made this code (positive: ahead), within ten time steps; null when the code
 * is not the secret's. Enrollment alone reports it: at sign-in it would reveal to a guesser when a code becomes valid.
 */
export function clockOffsetSeconds(secret: string, code: string, now: Instant): number | null {
	const epoch = Math.floor(Date.parse(now) / 1000);
	const epochTolerance = HINT_STEPS * PERIOD_SECONDS;
	const result = verifySync({ strategy: 'totp', secret, token: code, epoch, epochTolerance });
	return result.valid && 'timeStep' in result
		? (result.timeStep - Math.floor(epoch / PERIOD_SECONDS)) * PERIOD_SECONDS
		: null;
}
