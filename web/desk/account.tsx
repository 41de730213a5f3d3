import { type AccountDetails, getAccountDetails } from '../../acts/accounts/desk.js';
import { isRefusal } from '../../domain/refusal.js';
import type { Answer } from '../kit/page.js';
import { accountPath, PATHS } from '../kit/paths.js';
import { say } from '../kit/say.js';
import { Time } from '../kit/time.js';
import { Acts } from './account-buttons.js';
import { Messages, type StoryPlace, Timeline } from './account-story.js';
import { languageName } from './languages.js';
import { Moment } from './moments.js';
import type { Desk, DeskPage } from './section.js';
import { Attention, StepName } from './standing.js';

/** Seconds between reloads of the page while the account's mail is on its way. */
const RELOAD_AFTER = 4;

/** The details of one account. */
export const accountPage: DeskPage = {
	path: PATHS.account,
	show: async (desk): Promise<Answer> => {
		const accountId = desk.params.accountId ?? '';
		const place: StoryPlace = { messages: desk.query('messages'), events: desk.query('events') };
		const details = await getAccountDetails(desk.api, { accountId, ...place });
		// A foreign cursor: show the newest entries of both lists instead.
		if (isRefusal(details)) return details.refusal === 'invalid-request' ? { to: accountPath(accountId) } : details;
		const { account } = details;
		const isNew = desk.flash === 'registered';
		const underway = desk.flash !== null && account.temporaryPassword.state === 'queued';
		return {
			title: account.email,
			speaksForItself: isNew,
			reloadAfter: underway ? RELOAD_AFTER : undefined,
			body: (
				<>
					<p>
						<a href={PATHS.desk}>{desk.words.account.back}</a>
					</p>
					<h1>
						<bdi>{account.email}</bdi>
					</h1>
					{isNew && <Result desk={desk} details={details} />}
					<div class="columns">
						<Standing desk={desk} details={details} />
						<div class="side">
							<Acts desk={desk} details={details} />
							<Person desk={desk} details={details} />
							<AttemptsCard desk={desk} details={details} />
						</div>
						<div>
							<Messages desk={desk} details={details} place={place} />
							<Timeline desk={desk} details={details} place={place} />
						</div>
					</div>
				</>
			),
		};
	},
};

interface Props {
	desk: Desk;
	details: AccountDetails;
}

/** The result of a registration: the user, when the mail was sent, when the password expires. */
function Result({ desk, details: { account, messages } }: Props) {
	const { result } = desk.words;
	const mail = messages.items.find(({ template }) => template === 'temporary-password');
	const sent = mail?.state === 'sent' || mail?.state === 'delivered';
	return (
		<section class="card result" aria-labelledby="result-title">
			<h2 id="result-title">{result.title}</h2>
			<dl class="pairs">
				<dt>{result.who}</dt>
				<dd>
					{account.name && (
						<>
							<bdi>{account.name}</bdi>{' '}
						</>
					)}
					<bdi>{account.email}</bdi>
				</dd>
				<dt>{result.sent}</dt>
				<dd>
					{sent && mail && say(result.sentAt, <Time speech={desk.speech} at={mail.at} style="moment" />)}
					{!sent && (mail?.state === 'failed' ? result.failed : result.underway)}
				</dd>
				<dt>{result.expires}</dt>
				<dd>
					<Moment desk={desk} at={account.temporaryPassword.expiresAt} />
				</dd>
			</dl>
		</section>
	);
}

function Standing({ desk, details: { account, since, until } }: Props) {
	const { words } = desk;
	return (
		<section class="card" aria-labelledby="where-title">
			<h2 id="where-title">{words.account.where}</h2>
			<p>
				<StepName desk={desk} account={account} /> <Attention desk={desk} account={account} />
			</p>
			<p class="lead">{words.stepMeaning[account.step]}</p>
			{account.attention && <p class="callout">{words.attentionHelp[account.attention]}</p>}
			<dl class="pairs">
				<dt>{words.account.since}</dt>
				<dd>
					<Moment desk={desk} at={since} />
				</dd>
				<dt>{words.account.until}</dt>
				<dd>{until ? <Moment desk={desk} at={until} /> : words.account.noDeadline}</dd>
				{account.frozenAt && (
					<>
						<dt>{words.help.frozenSince}</dt>
						<dd>
							<Moment desk={desk} at={account.frozenAt} />
						</dd>
					</>
				)}
			</dl>
			{account.workflowUrl && (
				<p>
					<a href={account.workflowUrl} target="_blank" rel="noreferrer">
						{words.account.workflow} <span class="unseen">({desk.speech.words.common.opensNewTab})</span>
					</a>
				</p>
			)}
		</section>
	);
}

function Person({ desk, details: { account } }: Props) {
	const { words, speech } = desk;
	const { name, temporaryPassword, authenticator, locale, createdAt } = account;
	return (
		<section class="card" aria-labelledby="facts-title">
			<h2 id="facts-title">{words.account.facts}</h2>
			<dl class="pairs">
				<dt>{words.account.name}</dt>
				<dd>{name ? <bdi>{name}</bdi> : words.account.noName}</dd>
				<dt>{words.account.language}</dt>
				<dd>{languageName(speech, locale)}</dd>
				<dt>{words.account.registered}</dt>
				<dd>
					<Moment desk={desk} at={createdAt} />
				</dd>
				<dt>{words.account.password}</dt>
				<dd>{words.account.passwordStates[temporaryPassword.state]}</dd>
				<dt>{words.account.token}</dt>
				<dd>
					{authenticator
						? say(words.account.tokenActive, <Time speech={speech} at={authenticator.confirmedAt} style="date" />)
						: words.account.notYet}
				</dd>
				<dt>{words.account.phone}</dt>
				<dd>
					<Phone desk={desk} phone={account.phone} />
				</dd>
			</dl>
		</section>
	);
}

function Phone({ desk: { words, speech }, phone }: { desk: Desk; phone: AccountDetails['account']['phone'] }) {
	const number = phone?.number && <bdi dir="ltr">{phone.number}</bdi>;
	if (number && phone.verifiedAt) {
		return <>{say(words.account.phoneVerified, number, <Time speech={speech} at={phone.verifiedAt} style="date" />)}</>;
	}
	const { deferredUntil } = phone ?? {};
	if (deferredUntil)
		return <>{say(words.account.phoneDeferred, <Time speech={speech} at={deferredUntil} style="date" />)}</>;
	return number ? say(words.account.phonePending, number) : words.account.notYet;
}

function AttemptsCard({ desk, details: { attempts } }: Props) {
	const { words, speech, now } = desk;
	const { wrongTotpCodes, wrongPasscodes, slowedUntil, lockedAt, passcode } = attempts;
	const { account } = words;
	return (
		<section class="card" aria-labelledby="attempts-title">
			<h2 id="attempts-title">{account.attempts}</h2>
			<ul class="plain">
				{wrongTotpCodes + wrongPasscodes === 0 && <li>{account.noWrong}</li>}
				{wrongTotpCodes > 0 && <li>{account.wrongTotp(speech.number(wrongTotpCodes))}</li>}
				{wrongPasscodes > 0 && <li>{account.wrongPasscodes(speech.number(wrongPasscodes))}</li>}
				{slowedUntil && <li>{say(account.slowed, <Time speech={speech} at={slowedUntil} style="time" />)}</li>}
				{lockedAt && <li>{say(account.locked, <Time speech={speech} at={lockedAt} style="moment" />)}</li>}
				{passcode && passcode.expiresAt <= now && <li>{account.passcodeOver(speech.number(passcode.number))}</li>}
				{passcode && passcode.expiresAt > now && (
					<li>
						{say(
							(time) =>
								account.passcode(speech.number(passcode.number), speech.number(passcode.attemptsLeft), time ?? ''),
							<Time speech={speech} at={passcode.expiresAt} style="time" />,
						)}
					</li>
				)}
			</ul>
		</section>
	);
}
