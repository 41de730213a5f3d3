import { randomBytes } from 'node:crypto';
import { generateSync } from 'otplib';
import pino from 'pino';
import { register } from '../../acts/accounts/registration.js';
import { confirmAuthenticator, getAuthenticator } from '../../acts/authenticator/authenticator.js';
import type { Api } from '../../acts/context.js';
import type { AgentCall, UserCall } from '../../acts/door/caller.js';
import { createLoad } from '../../acts/door/load.js';
import { placeOfMessage } from '../../acts/door/messages.js';
import { setPassword } from '../../acts/password/password.js';
import { createScorer } from '../../acts/password/scorer.js';
import { putPhone } from '../../acts/phone/phone.js';
import { verifyPhone } from '../../acts/phone/verification.js';
import { signIn, verifyTotp } from '../../acts/sign-in/sign-in.js';
import type { Db } from '../../database/connect.js';
import { KeyRing } from '../../domain/credentials/keys.js';
import { type LoadLimits, UNLIMITED } from '../../domain/load.js';
import type { MessageParams, Template } from '../../domain/message.js';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Happened } from '../../domain/signal.js';
import { after, type Clock, type Instant } from '../../domain/time.js';
import { openDatabase } from '../database/open-database.js';
import type { TestDatabase } from '../setup/databases.js';

export const START: Instant = '2026-11-24T08:00:00.000Z';
export const PASSWORD = 'four unrelated words walking';
export const NUMBER = '+351912345678';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
	#now = START;
	now = () => this.#now;
	pass(ms: number): void {
		this.#now = after(this.#now, ms);
	}
	set(at: Instant): void {
		this.#now = at;
	}
}

/** The acts on a real database, with a clock to move; nothing delivers, and signals are only written down. */
export interface Acts {
	api: Api;
	db: Db;
	clock: TestClock;
	told: Happened[];
	stop(): Promise<void>;
}

const freely = { each: UNLIMITED, all: UNLIMITED };
/** As much at once as a test sends, so that what happens at once meets in the database. */
export const FREELY: LoadLimits = {
	requests: freely,
	acts: freely,
	sessions: freely,
	passwordChanges: freely,
	hashes: freely,
	scores: freely,
};

export async function openActs(
	open: () => Promise<TestDatabase>,
	policy: Partial<Policy> = {},
	limits: Partial<LoadLimits> = {},
): Promise<Acts> {
	const { db, close } = await openDatabase(open);
	const clock = new TestClock();
	const told: Happened[] = [];
	const api: Api = {
		db,
		clock,
		policy: { ...DEFAULT_POLICY, ...policy },
		load: createLoad({ ...FREELY, ...limits }),
		scorePassword: createScorer(),
		keys: new KeyRing([{ id: 'k1', key: randomBytes(32) }]),
		signals: {
			tell: (happened) => told.push(happened),
			send: async () => {},
			startBatch: async () => {},
			settled: async () => {},
		},
		log: pino({ level: 'silent' }),
		productName: 'Mobile Token',
		totpIssuer: 'Mobile Token',
		supportContact: 'support@example.com',
		agentKeys: [],
		workflowUrl: (id) => `http://temporal.example/${id}`,
	};
	return {
		api,
		db,
		clock,
		told,
		stop: close,
	};
}

export const agent: AgentCall = { agent: 'carla', source: '192.0.2.9' };

/** A user's call with a token; every call may bring a key. */
export function user(token: string | undefined, key?: string, request = 'the request'): UserCall {
	return { token, source: '192.0.2.1', idempotency: key ? { key, request } : undefined };
}

/** The answer, where a refusal would be a defect of the test. */
export function ok<T>(answer: T | Refusal): T {
	if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
	return answer as T;
}

/** The refusal, where anything else would be a defect. */
export function refused(answer: unknown): Refusal {
	if (!isRefusal(answer)) throw new Error(`not refused: ${JSON.stringify(answer)}`);
	return answer;
}

/** What the newest message of a template says, opened as a delivery opens it. */
export async function newest({ db, api }: Acts, accountId: string, template: Template): Promise<MessageParams> {
	const row = await db
		.selectFrom('messages')
		.selectAll()
		.where('accountId', '=', accountId)
		.where('template', '=', template)
		.orderBy('createdAt', 'desc')
		.executeTakeFirstOrThrow();
	return JSON.parse(api.keys.open('message', placeOfMessage(row), row.params ?? ''));
}

let people = 0;
export function someEmail(): string {
	people += 1;
	return `person${people}-${randomBytes(3).toString('hex')}@example.com`;
}

/** A new account and the temporary password its mail carries. */
export async function registered(acts: Acts, email = someEmail()) {
	const account = ok(await register(acts.api, agent, { email, name: 'Ana Prado' }));
	const { temporaryPassword = '' } = await newest(acts, account.id, 'temporary-password');
	return { account, id: account.id, email, temporaryPassword };
}

export async function signedIn(acts: Acts, email?: string) {
	const person = await registered(acts, email);
	const session = ok(
		await signIn(acts.api, user(undefined), { email: person.email, password: person.temporaryPassword }),
	);
	return { ...person, token: session.token ?? '' };
}

export async function withPassword(acts: Acts) {
	const person = await signedIn(acts);
	const onboarding = ok(await setPassword(acts.api, user(person.token), { password: PASSWORD }));
	const token = onboarding.session?.token ?? '';
	const { secret } = ok(await getAuthenticator(acts.api, user(token)));
	return { ...person, token, secret };
}

/** The code an authenticator app shows at the acts' time, `steps` time steps on. */
export function totp({ clock }: Acts, secret: string, steps = 0): string {
	return generateSync({ strategy: 'totp', secret, epoch: Math.floor(Date.parse(clock.now()) / 1000) + steps * 30 });
}

export async function confirmed(acts: Acts) {
	const person = await withPassword(acts);
	const code = totp(acts, person.secret);
	const onboarding = ok(await confirmAuthenticator(acts.api, user(person.token), { code }));
	return { ...person, token: onboarding.session?.token ?? '' };
}

/** At the code page, with the code that was sent. */
export async function withPasscode(acts: Acts, number = NUMBER) {
	const person = await confirmed(acts);
	ok(await putPhone(acts.api, user(person.token), { number }));
	return { ...person, code: await passcodeOf(acts, person.id) };
}

export async function passcodeOf(acts: Acts, accountId: string): Promise<string> {
	return (await newest(acts, accountId, 'passcode')).passcode ?? '';
}

export async function complete(acts: Acts) {
	const person = await withPasscode(acts);
	ok(await verifyPhone(acts.api, user(person.token), { code: person.code }));
	return person;
}

/** A two-factor session of an account whose token is confirmed; takes a time step of its own. */
export async function signedInTwice(acts: Acts, { email, secret }: { email: string; secret: string }): Promise<string> {
	acts.clock.pass(30_000);
	const first = ok(await signIn(acts.api, user(undefined), { email, password: PASSWORD }));
	return ok(await verifyTotp(acts.api, user(first.token), { code: totp(acts, secret) })).token ?? '';
}
