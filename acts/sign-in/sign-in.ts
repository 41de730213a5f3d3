import { findAccountByEmail, lockAccount } from '../../database/accounts.js';
import { insertEvents } from '../../database/events.js';
import { isKnownNetwork } from '../../database/known-networks.js';
import { reserveAttempt, takeFromLimits } from '../../database/limits.js';
import type { RowChange } from '../../database/row-changes.js';
import type { AccountRow } from '../../database/schema.js';
import { hashPassword, isOutdated, verifyPassword } from '../../domain/credentials/password.js';
import { normalizeEmail } from '../../domain/email.js';
import { accountPace, networkPace } from '../../domain/policy.js';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.js';
import { nextStep } from '../../domain/step.js';
import { HOUR_MS, type Instant, secondsUntil } from '../../domain/time.js';
import { answerTotp, secretOf } from '../authenticator/totp.js';
import type { Api } from '../context.js';
import { mayVerifyTotp } from '../door/access.js';
import { countAct } from '../door/act-limits.js';
import type { Actor, UserCall } from '../door/caller.js';
import { turnKeyOf } from '../door/load.js';
import { recognizeUser } from '../door/recognize.js';
import { findSession, issueSession, raiseSession } from '../door/session.js';
import { sessionView } from '../door/session-view.js';
import { changed, type Outcome, settle, transact } from '../door/settle.js';
import { userAct } from '../door/user-act.js';
import { bindPassword, isBoundPassword } from '../password/binding.js';
import { guessesKey } from '../password/limit-keys.js';
import type { Session } from '../views.js';
import { networkDigest } from './networks.js';
import { isTemporaryPassword } from './temporary-password.js';

/** A digest to verify where no account exists, so that every sign-in costs one argon2id (ASVS 6.3.8). */
const DUMMY_DIGEST = await hashPassword('no account has this password');

interface Attempt {
	email: string;
	password: string;
	/** The key that counts wrong passwords, whether or not an account has the e-mail. */
	limitKeys: { network: string; account: string };
	/** The token of the request. Its session ends when this sign-in opens another one. */
	token: string | undefined;
	source: string;
}

/** When the next attempt is allowed, and which count refuses this one. */
interface Wait {
	until: Instant;
	by: 'network' | 'account';
}

/** The result of the password comparison, before the account's row is locked. */
type Proof = 'temporary-password' | 'password' | 'wrong';

/** Opens a session by e-mail and password, the temporary one or the user's own. */
export async function signIn(
	api: Api,
	call: UserCall,
	{ email, password }: { email: string; password: string },
): Promise<Session | Refusal> {
	const address = normalizeEmail(email);
	const limitKeys = {
		network: api.keys.digest('limit', 'password', address, call.source),
		account: guessesKey(api, address),
	};
	const attempt: Attempt = { email: address, password, limitKeys, token: call.token, source: call.source };
	// The turn comes before the count: an attempt that is refused for load does not count.
	const compared = await api.load.hashes.take(turnKeyOf(call.source), () => compare(api, attempt));
	if (isRefusal(compared)) return compared;
	const { account, proof } = compared;
	if (!account || proof === 'wrong') return refuseSignIn(api, account, attempt);
	return openFor(api, account, { proof, digest: await renewedDigest(account, attempt) }, attempt);
}

/** Counts, then compares with the account's digest, or with a stand-in where there is no account. */
async function compare(api: Api, attempt: Attempt): Promise<{ account: AccountRow | null; proof: Proof } | Refusal> {
	const wait = await reserve(api, attempt);
	if (wait?.by === 'network') return slowedDown(wait.until, api.clock.now());
	const account = await findAccountByEmail(api.db, attempt.email);
	// A temporary password has 140 bits, so it needs no slow-down. Without one, a stranger's guesses cannot delay a new user.
	const isTemporary = account !== null && isTemporaryPassword(api, account, attempt.password);
	if (wait && !isTemporary) return slowedDown(wait.until, api.clock.now());
	return { account, proof: await verifyProof(api, account, attempt.password) };
}

/**
 * Counts the attempt before the comparison: for its network, for this e-mail from its network, then for this e-mail over
 * all networks (NIST SP 800-63B-4 3.2.2). The last count does not delay a known network of the account.
 */
async function reserve(api: Api, { email, limitKeys, source }: Attempt): Promise<Wait | null> {
	const { db, policy } = api;
	const now = api.clock.now();
	const network = { key: networkKey(api, source), limit: policy.signInsPerNetworkPerHour, windowMs: HOUR_MS };
	const here =
		(await takeFromLimits(db, [network], now)) ??
		(await reserveAttempt(db, limitKeys.network, networkPace(policy), now));
	if (here) return { until: here, by: 'network' };
	const isKnown = await isKnownNetwork(db, networkDigest(api, { email }, source), now);
	const everywhere = await reserveAttempt(db, limitKeys.account, accountPace(policy), now, isKnown);
	return everywhere === null ? null : { until: everywhere, by: 'account' };
}

/** The key that counts sign-ins from a network until they succeed. */
function networkKey({ keys }: Pick<Api, 'keys'>, source: string): string {
	return keys.digest('limit', 'sign-in', source);
}

function slowedDown(until: Instant, now: Instant): Refusal {
	const detail = 'Too many attempts. Wait a moment, then sign in again.';
	return refuse('rate-limited', { retryAfter: secondsUntil(now, until), detail });
}

async function verifyProof(api: Api, account: AccountRow | null, password: string): Promise<Proof> {
	const own = await verifyPassword(account?.passwordDigest ?? DUMMY_DIGEST, password);
	if (account?.passwordDigest) return own && isBoundPassword(api, account) ? 'password' : 'wrong';
	if (!account?.temporaryPasswordDigest) return 'wrong';
	return isTemporaryPassword(api, account, password) ? 'temporary-password' : 'wrong';
}

/** Writes an event also where no account exists, so that both cases cost the same. */
async function refuseSignIn(api: Api, account: AccountRow | null, { source }: Attempt): Promise<Refusal> {
	const event = { name: 'signInRefused', actor: 'user', reason: 'wrong-password', source } as const;
	await insertEvents(api.db, [{ ...event, accountId: account?.id ?? null, at: api.clock.now() }]);
	return wrongCredentials();
}

function wrongCredentials(): Refusal {
	return refuse('invalid-credentials', { detail: 'The e-mail or the password is not right.' });
}

/** The kind of the password, and its new digest when the stored one has outdated parameters or no binding. */
interface Proved {
	proof: 'temporary-password' | 'password';
	digest: string | null;
}

async function openFor(api: Api, found: AccountRow, { proof, digest }: Proved, attempt: Attempt) {
	const { limitKeys, source } = attempt;
	const actor: Actor = { name: 'user', source, scope: found.id };
	const now = api.clock.now();
	const replaced = attempt.token ? await findSession(api.db, api.keys, attempt.token, now) : null;
	return transact<Session>(api, async (tx) => {
		const account = await lockAccount(tx, found.id);
		const now = api.clock.now();
		if (!account || hasOtherSecret(account, found)) return { answer: wrongCredentials() };
		const subject = { account, actor, now };
		if (nextStep(account, now) === 'temporary-password-expired') return settle(api, tx, subject, refuseExpired(api));
		if (account.frozenAt) return settle(api, tx, subject, refuseFrozen(api));
		const tooMany = await countAct(api, tx, { accountId: account.id, by: ['sign-in', source] }, now);
		if (tooMany) return { answer: tooMany };
		const temporaryPasswordId = proof === 'temporary-password' ? account.temporaryPasswordId : null;
		const issued = issueSession(api.keys, { accountId: account.id, assurance: proof, temporaryPasswordId }, now);
		const changes = digest ? bindPassword(api, account.id, digest) : {};
		// A sign-in ends the session that the request came with (ASVS 7.2.4), so a shared browser leaves none behind.
		const ended: RowChange[] = replaced ? [{ endSession: replaced.session.id }] : [];
		return settle<Session>(api, tx, subject, {
			answer: sessionView(issued.session, changed(account, changes), now, issued.token),
			write: {
				account: changes,
				event: { name: 'signedIn', reason: proof },
				rows: [
					issued.change,
					...ended,
					{ clearLimits: Object.values(limitKeys) },
					// Only refused sign-ins count for a network, so that an office behind one address can go on.
					{ giveBackToLimits: [networkKey(api, source)] },
				],
			},
		});
	});
}

/** Only the holder of the right temporary password gets this refusal (NIST SP 800-63B-4 4.4). */
function refuseExpired({ supportContact }: Api): Outcome<Session> {
	const detail = `The temporary password has expired. Contact ${supportContact} to receive a new one.`;
	return {
		answer: refuse('temporary-password-expired', { detail, step: 'temporary-password-expired' }),
		write: { event: { name: 'signInRefused', reason: 'temporary-password-expired' } },
	};
}

/** Only the holder of the right password, or of a live temporary password, reads this. */
function refuseFrozen({ supportContact }: Api): Outcome<Session> {
	const detail = `This account is frozen to protect it. Contact ${supportContact}.`;
	return {
		answer: refuse('account-frozen', { detail }),
		write: { event: { name: 'signInRefused', reason: 'account-frozen' } },
	};
}

/** Whether the account's secret or e-mail has changed since the comparison. */
function hasOtherSecret(account: AccountRow, compared: AccountRow): boolean {
	return (
		account.passwordDigest !== compared.passwordDigest ||
		account.passwordTag !== compared.passwordTag ||
		account.temporaryPasswordDigest !== compared.temporaryPasswordDigest ||
		account.email !== compared.email
	);
}

/**
 * The digest to store from now on, with current parameters and bound to the account; null when the stored one is up to date.
 * The sign-in is the only moment at which we know the password.
 */
async function renewedDigest(account: AccountRow, { password }: Attempt): Promise<string | null> {
	const { passwordDigest, passwordTag } = account;
	if (!passwordDigest) return null;
	if (isOutdated(passwordDigest)) return hashPassword(password);
	return passwordTag === null ? passwordDigest : null;
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
		if (!account || account.erasedAt) return { answer: refuse('not-signed-in') };
		const write = { event: { name: 'signedOut' }, rows: [{ endSession: session.id }] } as const;
		return settle<null>(api, tx, { account, actor, now }, { answer: null, write });
	});
}

/** The second factor of a sign-in: a TOTP code raises the session. */
export function verifyTotp(api: Api, call: UserCall, { code }: { code: string }): Promise<Session | Refusal> {
	return userAct<Session>(api, call, {
		step: 'confirm-authenticator',
		permit: mayVerifyTotp,
		decide: (_tx, { account, session, now }) => {
			const outcome = answerTotp(api, account, { typed: code, secret: secretOf(api, account) }, now);
			if (!outcome.accepted) return outcome.refused;
			const { changes } = outcome;
			const raised = raiseSession(api.keys, session, { assurance: 'two-factor', alone: false }, now);
			return {
				answer: sessionView(raised.session, changed(account, changes), now, raised.token),
				write: {
					account: changes,
					event: { name: 'signedIn', reason: 'totp' },
					signaled: account.underAttackAt !== null && changes.underAttackAt === null,
					rows: [raised.change, { rememberNetwork: networkDigest(api, account, call.source) }],
				},
			};
		},
	});
}
