import { addAgent, removeAgent } from '../acts/accounts/agents.js';
import type { Api } from '../acts/context.js';
import { createLoad } from '../acts/door/load.js';
import { validate } from '../acts/door/validation.js';
import { registrationBody } from '../acts/fields.js';
import { createScorer } from '../acts/password/scorer.js';
import type { Account } from '../acts/views.js';
import { systemClock } from '../config/clock.js';
import { type Config, ConfigError } from '../config/index.js';
import { createLogger } from '../config/log.js';
import { runProgram } from '../config/program.js';
import { connect } from '../database/connect.js';
import { KeyRing } from '../domain/credentials/keys.js';
import { LOAD } from '../domain/load.js';
import { isRefusal, type Refusal } from '../domain/refusal.js';

/** `npm run agent -- add name@company`: manages the agents of the desk. */

/** `sysexits.h`: the command line is wrong. */
const EX_USAGE = 64;
const USAGE = `npm run agent -- add <e-mail> [name]     makes an agent, or mails another temporary password
npm run agent -- remove <e-mail>         ends an agent's access`;
const EMBEDDED = `DATABASE_URL is not set, and the embedded database belongs to \`npm start\` alone.
There, the first agent is made at the first start: its mail waits in the inbox.`;
const CALL = { agent: 'console', source: 'local' };

/** The running API's sweep signals the new account's workflow within ten seconds, so the command needs no Temporal. */
const UNSENT = { tell: () => {}, send: async () => {}, startBatch: async () => {}, settled: async () => {} };

function openContext(config: Config): Api {
	const { databaseUrl, encryptionKeys } = config;
	if (!databaseUrl) throw new ConfigError([EMBEDDED]);
	if (!encryptionKeys)
		throw new ConfigError(['ENCRYPTION_KEYS is missing: the API cannot read what other keys sealed.']);
	return {
		...config,
		db: connect({ url: databaseUrl, connections: 1 }),
		clock: systemClock,
		keys: new KeyRing(encryptionKeys),
		signals: UNSENT,
		load: createLoad(LOAD),
		scorePassword: createScorer(),
		log: createLogger(config),
		agentKeys: [],
		workflowUrl: () => '',
	};
}

async function perform(api: Api, [command, email, ...name]: string[]): Promise<Account | null | Refusal | 'unknown'> {
	const agent = validate(registrationBody, { email, ...(name.length > 0 && { name: name.join(' ') }) }, 'command');
	if (command !== 'add' && command !== 'remove') return 'unknown';
	if (isRefusal(agent)) return agent;
	return command === 'add' ? addAgent(api, CALL, agent.value) : removeAgent(api, CALL, agent.value);
}

function say(answer: Awaited<ReturnType<typeof perform>>): number {
	if (answer === 'unknown') {
		console.error(USAGE);
		return EX_USAGE;
	}
	if (isRefusal(answer)) {
		const fields = answer.errors?.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`) ?? [];
		console.error([answer.detail ?? 'There is no such agent.', ...fields].join('\n'));
		return 1;
	}
	if (!answer) console.log('The agent is removed.');
	else
		console.log(`The mail to ${answer.email} is on its way; it is valid until ${answer.temporaryPassword.expiresAt}.`);
	return 0;
}

runProgram({ name: 'The command', role: 'console' }, async (config) => {
	const api = openContext(config);
	try {
		return say(await perform(api, process.argv.slice(2)));
	} finally {
		await api.db.destroy();
	}
});
