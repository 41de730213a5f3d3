import { findAccountByEmail, lockAccount } from '../../database/accounts.js';
import { insertEvents } from '../../database/events.js';
import { clearLimit, reserveAttempt, takeFromLimits } from '../../database/limits.js';
import type { AccountRow } from '../../database/schema.js';
import { endSession, openSession } from '../../database/sessions.js';
import { hashPassword, isOutdated, verifyPassword } from '../../domain/credentials/password.js';
import { normalizeTemporaryPassword } from '../../domain/credentials/temporary-password.js';
import { normalizeEmail } from '../../domain/email.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import { HOUR_MS, type Instant, secondsUntil } from '../../domain/time.js';
import { mayVerifyTotp } from '../door/access.js';
import { type Actor, type Decision, type Effects, settle, transact } from '../door/settle.js';
import type { Api } from '../context.js';
import type { UserCall } from '../door/caller.js';
import { raise } from '../door/raise.js';
import { recognizeUser } from '../door/recognize.js';
import { sessionView } from './session-view.js';
import { answerTotp } from '../authenticator/totp.js';
import { userAct } from '../door/user-act.js';
import type { Session } from '../views.js';

/** Verified where there is nothing to verify, so that every sign-in costs one argon2id (ASVS 6.3.8). */
const DUMMY_DIGEST = await hashPassword('nobody has this password');

interface Attempt {
	email: string;
	password: string;
	/** Under which wrong passwords are counted: this e-mail from this network, whether or not an account has it. */
	limitKey: string;
	source: string;
}

/** What a password proved to be, before the account is locked. */
type Proof = 'temporary-password' | 'password' | 'wrong';

/** Opens a session by e-mail and password, the temporary one or the user's own. */
export async function signIn(
	api: Api,
	call: UserCall,
	{ email, password }: { email: string; password: string },
): Promise<Session | Refusal> {
	const address = normalizeEmail(email);
	const limitKey = api.keys.digest('limit', 'password', address, call.source);
	const attempt: Attempt = { email: address, password, limitKey, source: call.source };
	const blockedUntil = await reserve(api, attempt);
	if (blockedUntil) return slowedDown(blockedUntil, api.clock.now());
	const account = await findAccountByEmail(api.db, address);
	const proof = await verifyProof(api, account, password);
	if (!account || proof === 'wrong') return refuseSignIn(api, account, attempt);
	return openFor(api, account, { proof, digest: await renewedDigest(account, attempt) }, attempt);
}

/** Counts the attempt before anything is compared. */
async function reserve(api: Api, { limitKey, source }: Attempt): Promise<Instant | null> {
	const now = api.clock.now();
	const key = api.keys.digest('limit', 'sign-in', source);
	const network = { key, limit: api.policy.signInsPerNetworkPerHour, windowMs: HOUR_MS };
	return (await takeFromLimits(api.db, [network], now)) ?? (await reserveAttempt(api.db, limitKey, api.policy, now));
}

function slowedDown(until: Instant, now: Instant): Refusal {
	const detail = 'Too many attempts. Wait a moment, then sign in again.';
	return refuse('rate-limited', { retryAfter: secondsUntil(now, until), detail });
}

async function verifyProof(api: Api, account: AccountRow | null, password: string): Promise<Proof> {
	const own = await verifyPassword(account?.passwordDigest ?? DUMMY_DIGEST, password);
	if (account?.passwordDigest) return own ? 'password' : 'wrong';
	if (!account?.temporaryPasswordDigest) return 'wrong';
	return isTemporaryPassword(api, account, password) ? 'temporary-password' : 'wrong';
}

/** Whether this is the account's temporary password, as typed; says nothing of its expiry. */
export function isTemporaryPassword(api: Pick<Api, 'keys'>, account: AccountRow, typed: string): boolean {
	const { temporaryPasswordDigest: digest, temporaryPasswordId } = account;
	return (
		digest !== null &&
		api.keys.verify(digest, 'temporary-password', temporaryPasswordId, normalizeTemporaryPassword(typed))
	);
}

/** Written down for nobody, too, where there is no such account: the same work either way. */
async function refuseSignIn(api: Api, account: AccountRow | null, { source }: Attempt): Promise<Refusal> {
	const event = { name: 'signInRefused', actor: 'user', reason: 'wrong-password', source } as const;
	await insertEvents(api.db, [{ ...event, accountId: account?.id ?? null, at: api.clock.now() }]);
	return wrongCredentials();
}

function wrongCredentials(): Refusal {
	return refuse('invalid-credentials', { detail: 'The e-mail or the password is not right.' });
}

/** What the password turned out to be, and its new digest where the old one's parameters are no longer ours. */
interface Proved {
	proof: 'temporary-password' | 'password';
	digest: string | null;
}

function openFor(api: Api, found: AccountRow, { proof, digest }: Proved, { limitKey, source }: Attempt) {
	const actor: Actor = { name: 'user', source, scope: found.id };
	return transact<Session>(api, async (tx) => {
		const account = await lockAccount(tx, found.id);
		const now = api.clock.now();
		if (!account || hasOtherSecret(account, found)) return { answer: wrongCredentials() };
		if (nextStep(account, now) === 'temporary-password-expired') {
			return settle(api, tx, { account, actor, now }, refuseExpired(api));
		}
		const temporaryPasswordId = proof === 'temporary-password' ? account.temporaryPasswordId : null;
		const opened = { accountId: account.id, assurance: proof, temporaryPasswordId };
		const { session, token } = await openSession(tx, opened, now);
		const write = () => clearLimit(tx, limitKey);
		const effects: Effects = {
			changes: digest ? { passwordDigest: digest } : {},
			event: { name: 'signedIn', reason: proof },
			write,
		};
		return settle<Session>(
			api,
			tx,
			{ account, actor, now },
			{ effects, view: (row) => sessionView(session, row, now, token) },
		);
	});
}

/** Said only to the holder of the right temporary password (NIST SP 800-63B-4 4.4). */
function refuseExpired({ supportContact }: Api): Decision<Session> {
	const detail = `The temporary password has expired. Contact ${supportContact} to receive a new one.`;
	return {
		refusal: refuse('temporary-password-expired', { detail, step: 'temporary-password-expired' }),
		effects: { event: { name: 'signInRefused', reason: 'temporary-password-expired' } },
	};
}

/** Whether the secret that was compared is no longer the account's. */
function hasOtherSecret(account: AccountRow, compared: AccountRow): boolean {
	return (
		account.passwordDigest !== compared.passwordDigest ||
		account.temporaryPasswordDigest !== compared.temporaryPasswordDigest ||
		account.email !== compared.email
	);
}

/** Parameters only ever get stronger: the one moment we know the password is the moment to follow them. */
async function renewedDigest({ passwordDigest }: AccountRow, { password }: Attempt): Promise<string | null> {
	return passwordDigest && isOutdated(passwordDigest) ? hashPassword(password) : null;
}

export async function currentSession(api: Api, call: UserCall): Promise<Session | Refusal> {
	const asker = await recognizeUser(api, call);
	return isRefusal(asker) ? asker : sessionView(asker.session, asker.account, asker.now);
}

export async function signOut(api: Api, call: UserCall): Promise<null | Refusal> {
	const asker = await recognizeUser(api, call);
	if (isRefusal(asker)) return asker;
	const { session, now } = asker;
	const actor: Actor = { name: 'user', source: call.source, scope: session.accountId };
	return transact<null>(api, async (tx) => {
		const account = await lockAccount(tx, session.accountId);
		if (!account) return { answer: refuse('not-signed-in') };
		const effects: Effects = { event: { name: 'signedOut' }, write: () => endSession(tx, session.id) };
		return settle<null>(api, tx, { account, actor, now }, { effects, view: () => null });
	});
}

/** The second factor of a sign-in: a TOTP code raises the session. */
export function verifyTotp(api: Api, call: UserCall, { code }: { code: string }): Promise<Session | Refusal> {
	return userAct<Session>(api, call, {
		step: 'confirm-authenticator',
		permit: mayVerifyTotp,
		decide: (_tx, { account, session, now }) => {
			const outcome = answerTotp(api, account, code, now);
			if (!outcome.accepted) return outcome.decision;
			const raised = raise(session, { assurance: 'two-factor', alone: false }, now);
			const event = { name: 'signedIn', reason: 'totp' } as const;
			return { effects: { changes: outcome.changes, event, write: raised.rotate }, view: raised.view };
		},
	});
}
