/**
 * What a process is: `npm start`, `npm run api`, `npm run worker`, `npm run agent`, `npm run migrate`. A role is asked for
 * what it needs and holds no secret of another (ASVS 5.0, 13.2.4 and 13.3.2: least privilege for what a component reaches).
 */
export type Role = 'everything' | 'api' | 'worker' | 'console' | 'migrate';

const AGENTS = /^AGENT_API_KEY(_FILE)?$/;
const DELIVERY = /^(SMTP|MAIL|DKIM|TWILIO)_|^SMS_PER_SECOND$/;
/** As `DELIVERY`, but for the token that the SMS provider signs its delivery reports with: the API checks them. */
const SENDING = /^(SMTP_|MAIL_|DKIM_|TWILIO_(?!AUTH_TOKEN(_FILE)?$))|^SMS_PER_SECOND$/;
const KEYS = /^ENCRYPTION_KEYS(_FILE)?$/;
const TEMPORAL = /^TEMPORAL_/;

/** Variables of other roles. They are dropped unread. */
const FOREIGN: Record<Role, RegExp[]> = {
	everything: [],
	api: [SENDING],
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

export function sendsSms(role: Role): boolean {
	return role === 'everything' || role === 'worker';
}
