import { OVERDUE_SIGNAL } from '../../domain/event.js';
import { eventually } from './eventually.js';
import type { Onboardings } from './onboardings.js';

/** Lets one account live a whole story and gives its id. The platform's lifetimes are short: a story takes seconds. */
export type Story = (onboardings: Onboardings) => Promise<string>;

/** Step by step, as people go: signals that come together would share a task. */
async function upTo(onboardings: Onboardings, step: 'confirm-authenticator' | 'verify-phone'): Promise<string> {
	const accountId = await onboardings.register();
	await untilSent(onboardings, accountId, 1);
	await changePassword(onboardings, accountId);
	if (step === 'verify-phone') await confirmAuthenticator(onboardings, accountId);
	return accountId;
}

async function changePassword(onboardings: Onboardings, accountId: string): Promise<void> {
	await onboardings.platform.changePassword(accountId);
	await onboardings.tell(accountId, 'passwordChanged');
	await eventually(() => onboardings.standing(accountId)).toMatchObject({ step: 'confirm-authenticator' });
}

async function confirmAuthenticator(onboardings: Onboardings, accountId: string): Promise<void> {
	const { platform } = onboardings;
	await platform.confirmAuthenticator(accountId);
	await onboardings.tell(accountId, 'authenticatorConfirmed');
	await eventually(() => onboardings.standing(accountId)).toMatchObject({ step: 'verify-phone' });
	await eventually(() => platform.messages(accountId, 'authenticator-confirmed')).toMatchObject([{ state: 'sent' }]);
}

async function issuePasscode(onboardings: Onboardings, accountId: string, sent: number): Promise<void> {
	await onboardings.platform.issuePasscode(accountId);
	await onboardings.tell(accountId, 'passcodeIssued');
	await untilSent(onboardings, accountId, sent);
}

async function verifyPhone(onboardings: Onboardings, accountId: string): Promise<void> {
	await onboardings.platform.verifyPhone(accountId);
	await onboardings.tell(accountId, 'phoneVerified');
	await onboardings.result(accountId);
}

const happy: Story = async (onboardings) => {
	const accountId = await upTo(onboardings, 'verify-phone');
	await issuePasscode(onboardings, accountId, 3);
	await verifyPhone(onboardings, accountId);
	return accountId;
};

/** Stands at the expired temporary password; the run is open. */
const expired: Story = async (onboardings) => {
	const accountId = await onboardings.register();
	await untilSent(onboardings, accountId, 1);
	await eventually(() => onboardings.standing(accountId)).toMatchObject({ step: 'temporary-password-expired' });
	await eventually(() => onboardings.platform.story(accountId)).toEqual(['temporaryPasswordExpired']);
	return accountId;
};

/** On a server that wants short histories: goes on in another run before the phone is verified. */
const continued: Story = async (onboardings) => {
	const accountId = await upTo(onboardings, 'verify-phone');
	const isContinued = async () => {
		await onboardings.tell(accountId, OVERDUE_SIGNAL);
		const { events } = await onboardings.handle(accountId).fetchHistory();
		return Boolean(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId);
	};
	await eventually(isContinued).toBe(true);
	await issuePasscode(onboardings, accountId, 3);
	await verifyPhone(onboardings, accountId);
	return accountId;
};

const expiredAndReissued: Story = async (onboardings) => {
	const { platform } = onboardings;
	const accountId = await onboardings.register();
	await eventually(() => platform.story(accountId)).toEqual(['temporaryPasswordExpired']);
	await platform.reissueTemporaryPassword(accountId);
	await onboardings.tell(accountId, 'temporaryPasswordReissued');
	await untilSent(onboardings, accountId, 2);
	await changePassword(onboardings, accountId);
	await confirmAuthenticator(onboardings, accountId);
	await verifyPhone(onboardings, accountId);
	return accountId;
};

const deferred: Story = async (onboardings) => {
	const { platform } = onboardings;
	const accountId = await upTo(onboardings, 'verify-phone');
	await platform.deferPhone(accountId);
	await onboardings.tell(accountId, 'phoneDeferred');
	await onboardings.result(accountId);
	return accountId;
};

const numberAltered: Story = async (onboardings) => {
	const accountId = await upTo(onboardings, 'verify-phone');
	await issuePasscode(onboardings, accountId, 3);
	await eventually(async () => (await onboardings.standing(accountId))?.passcode?.anotherMayBeAskedFor).toBe(true);
	await issuePasscode(onboardings, accountId, 4);
	await verifyPhone(onboardings, accountId);
	return accountId;
};

const erased: Story = async (onboardings) => {
	const { platform } = onboardings;
	const accountId = await upTo(onboardings, 'confirm-authenticator');
	await platform.erase(accountId);
	await onboardings.tell(accountId, 'accountErased');
	await onboardings.result(accountId);
	return accountId;
};

const undeliverable: Story = async (onboardings) => {
	const { platform } = onboardings;
	platform.world = ({ channel }) => (channel === 'sms' ? 'failed' : 'sent');
	const accountId = await upTo(onboardings, 'verify-phone');
	await platform.issuePasscode(accountId);
	await onboardings.tell(accountId, 'passcodeIssued');
	await eventually(() => onboardings.standing(accountId)).toMatchObject({ attention: 'sms-failed' });
	await platform.deferPhone(accountId);
	await onboardings.tell(accountId, 'phoneDeferred');
	await onboardings.result(accountId);
	return accountId;
};

function untilSent({ platform }: Onboardings, accountId: string, count: number): Promise<void> {
	const sent = () => platform.messages(accountId).filter(({ state }) => state === 'sent').length;
	return eventually(sent).toBe(count);
}

/** By the name of the file that keeps the history. */
export const STORIES: Record<string, Story> = {
	happy,
	continued,
	expired,
	'expired-and-reissued': expiredAndReissued,
	deferred,
	'number-altered': numberAltered,
	erased,
	undeliverable,
};
