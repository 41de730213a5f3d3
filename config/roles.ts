/**
 * What a process is: `npm start`, `npm run api`, `npm run worker`, `npm run agent`, `npm run migrate`. A role is asked for
 * what it needs and holds no secret of another (ASVS 5.0, 13.2.4 and 13.3.2: least privilege for what a component reaches).
 */
export type Role = 'everything' | 'api' | 'worker' | 'console' | 'migrate';

const AGENTS = /^AGENT_API_KEY(_FILE)?$/;
const DELIVERY = /^(SMTP|MAIL|DKIM|TWILIO)_|^SMS_PER_SECOND$/;
const KEYS = /^ENCRYPTION_KEYS(_FILE)?$/;
const TEMPORAL = /^TEMPORAL_/;

/** Variables of other roles. They are dropped unread. */
const FOREIGN: Record<Role, RegExp[]> = {
	everything: [],
	api: [DELIVERY],
	worker: [AGENTS],
	console: [AGENTS, DELIVERY, TEMPORAL],
	migrate: [AGENTS, DELIVERY, TEMPORAL, KEYS],
};

export function isForeign(role: Role, name: string): boolean {
	return FOREIGN[role].some((names) => names.test(name));
}

/** The environment without the variables of other roles. */
export function ofRole(role: Role, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !isForeign(role, name)));
}
