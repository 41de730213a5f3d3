import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Person } from '../journeys/person.js';
import { AGENT_KEY } from '../journeys/platform.js';
import { freePort, serve, untilReady } from '../setup/child.js';
import { postgresDatabase } from '../setup/databases.js';
import { temporalAddress } from '../setup/services.js';
import { moodyMailServer, moodyProvider } from './recipients.js';

const STARTS_WITHIN_MS = 120_000;

/** `npm run api` and `npm run worker` as the build makes them, each a process that can be killed by itself. */
export async function startRoles() {
	const [{ url: databaseUrl }, mail, sms, port] = await Promise.all([
		postgresDatabase(),
		moodyMailServer(),
		moodyProvider(),
		freePort(),
	]);
	const env = {
		PATH: process.env.PATH,
		PORT: String(port),
		DATABASE_URL: databaseUrl,
		TEMPORAL_ADDRESS: await temporalAddress(),
		TEMPORAL_TASK_QUEUE: `roles-${randomUUID()}`,
		ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
		AGENT_API_KEY: `carla:${AGENT_KEY}`,
		SMTP_URL: mail.smtpUrl,
		MAIL_FROM: 'no-reply@example.com',
		TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
		TWILIO_AUTH_TOKEN: 'token',
		TWILIO_FROM: '+15005550006',
		TWILIO_BASE_URL: sms.baseUrl,
		SMS_ALLOWED_COUNTRIES: '*',
		PASSCODE_RESEND_AFTER: '1s',
	};
	const url = `http://127.0.0.1:${port}`;
	const api = role('api', env, () => fetch(`${url}/healthz`));
	const worker = role('worker', env);
	return {
		url,
		databaseUrl,
		mail,
		sms,
		api,
		worker,
		/** A person whose mails and SMS arrive at these servers. */
		person: () => new RemotePerson(url, mail, sms),
		async stop() {
			await Promise.all([api.kill(), worker.kill()]);
			await Promise.all([mail.close(), sms.close()]);
		},
	};
}

function role(name: string, env: NodeJS.ProcessEnv, ready?: () => Promise<unknown>) {
	const main = fileURLToPath(new URL(`../../dist/${name}/main.js`, import.meta.url));
	let child: ChildProcess | null = null;
	return {
		async start(others: NodeJS.ProcessEnv = {}): Promise<void> {
			const started = serve(process.execPath, [main], { env: { ...env, ...others } });
			child = started.child;
			if (ready) await untilReady(started, STARTS_WITHIN_MS, ready);
		},
		/** SIGKILL; resolves when it is gone. */
		async kill(): Promise<void> {
			if (!child || child.exitCode !== null || child.signalCode !== null) return;
			const gone = new Promise((done) => child?.once('exit', done));
			child.kill('SIGKILL');
			await gone;
		},
	};
}

class RemotePerson extends Person {
	protected override readonly patienceMs = 45_000;

	constructor(
		url: string,
		readonly mail: Awaited<ReturnType<typeof moodyMailServer>>,
		readonly sms: Awaited<ReturnType<typeof moodyProvider>>,
	) {
		super({ url });
	}

	/** Newest first, as the inbox has them. */
	override async messages(channel: 'email' | 'sms') {
		const receivedAt = '';
		if (channel === 'email') {
			return this.mail
				.mailsFor(this.email)
				.map(({ parsed }) => {
					const { messageId: id = '', subject = null, text = '' } = parsed;
					return { id, channel, to: this.email, subject, text, html: null, receivedAt };
				})
				.reverse();
		}
		return this.sms
			.requestsFor(this.number)
			.map(({ form }) => ({
				id: '',
				channel,
				to: this.number,
				subject: null,
				text: form.Body ?? '',
				html: null,
				receivedAt,
			}))
			.reverse();
	}
}
