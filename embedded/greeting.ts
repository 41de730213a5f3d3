import { relative } from 'node:path';
import type { Delivery, Hidden } from './delivery.js';
import { agentApiKeyFile } from './secrets.js';
import { FIRST_AGENT } from './service.js';
import type { Setup } from './setup.js';
import type { Terminal } from './terminal.mjs';

export interface Greeting {
	setup: Setup;
	url: string;
	uiUrl: string;
	inbox: Delivery['inbox'];
}

/** The text at start: the addresses, and what to do first. */
export function greet(terminal: Terminal, { setup, url, uiUrl, inbox }: Greeting): void {
	const { bold, dim, line } = terminal;
	const { config, logFile } = setup;
	const row = (name: string, value: string, note = '') =>
		line(`  ${name.padEnd(14)}${bold(value)}  ${dim(note)}`.trimEnd());
	line();
	line(`  ${bold(`${config.productName} is running`)}`);
	line();
	row('Pages', url, 'where a user logs in');
	const mail = inbox === 'shown' ? '; the mail waits in the inbox' : '';
	row('Desk', `${url}/agent`, `Customer Success logs in as ${FIRST_AGENT}${mail}`);
	row('API', `${url}/v1`, `documentation: ${url}/docs`);
	row('Temporal UI', uiUrl, 'where every onboarding stands');
	if (inbox === 'shown') row('Inbox', `${url}/inbox`, 'where mails and SMS arrive; none leaves this machine');
	if (typeof inbox === 'object') for (const text of withoutInbox(inbox)) terminal.warn(text);
	row('Log', fromHere(logFile));
	line();
	if (setup.agentApiKeyMade)
		row('Agent key', fromHere(agentApiKeyFile(config.dataDir)), 'Customer Success acts with it');
	else row('Agent key', 'AGENT_API_KEY', 'as the environment has it');
	line();
	line(dim('  Register an account as Customer Success:'));
	line();
	for (const text of example(url, setup)) line(`  ${text}`);
	line();
	line(dim('  Ctrl-C stops everything; nothing is lost.'));
	line();
}

/** The inbox holds every code and temporary password, so it is for this machine alone. */
function withoutInbox({ because, file }: Hidden): string[] {
	const names = new Intl.ListFormat('en').format(because);
	return [
		`There is no inbox page, since ${names} may let others reach it. Messages go to ${fromHere(file)}.`,
		`To read them on a page, unset ${names}. To send them to people, set SMTP_URL and TWILIO_ACCOUNT_SID.`,
	];
}

function example(url: string, { agentApiKeyMade, config }: Setup): string[] {
	const key = agentApiKeyMade ? `$(cat ${fromHere(agentApiKeyFile(config.dataDir))})` : '$AGENT_API_KEY';
	return [
		`curl ${url}/v1/accounts \\`,
		`  -H "Authorization: Bearer ${key}" \\`,
		"  -H 'Content-Type: application/json' \\",
		`  -d '{"email":"ada@example.com","name":"Ada"}'`,
	];
}

function fromHere(path: string): string {
	const short = relative(process.cwd(), path);
	return short.startsWith('..') ? path : short;
}
