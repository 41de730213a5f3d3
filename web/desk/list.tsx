import { countAccounts } from '../../acts/accounts/desk.js';
import { listAccounts } from '../../acts/accounts/list.js';
import type { Account } from '../../acts/views.js';
import { isRefusal } from '../../domain/refusal.js';
import { STEPS, type Step } from '../../domain/step.js';
import type { Answer } from '../kit/page.js';
import { accountPath, PATHS } from '../kit/paths.js';
import { MomentLine } from './moments.js';
import type { Desk, DeskPage } from './section.js';
import { Attention, StepName } from './standing.js';

const PAGE = 30;
/** Characters (RFC 5321, 4.5.3.1.3). */
const EMAIL_LENGTH_MAX = 254;

interface Query {
	email?: string | undefined;
	/** A step, or all accounts that need attention. */
	show?: Step | 'attention' | undefined;
	cursor?: string | undefined;
}

/** The accounts of users, soonest to expire first. */
export const listPage: DeskPage = {
	path: PATHS.desk,
	show: async (desk): Promise<Answer> => {
		const query = readQuery(desk);
		const filter = query.show === 'attention' ? { attention: 'any' as const } : { step: query.show };
		const [counts, page] = [
			await countAccounts(desk.api),
			await listAccounts(desk.api, {
				...filter,
				email: query.email,
				cursor: query.cursor,
				order: 'soonest',
				limit: PAGE,
			}),
		];
		if (isRefusal(page)) return { to: PATHS.desk };
		const { list } = desk.words;
		return {
			title: list.title,
			body: (
				<>
					<h1>{list.title}</h1>
					<Search desk={desk} query={query} />
					<Filters desk={desk} query={query} counts={counts} />
					{page.items.length > 0 ? <People desk={desk} items={page.items} /> : <NoAccount desk={desk} />}
					<Paging desk={desk} query={query} next={page.nextCursor} />
				</>
			),
		};
	},
};

function readQuery({ query }: Desk): Query {
	const show = query('show');
	const known = show === 'attention' || STEPS.includes(show as Step);
	return {
		email: query('email')?.slice(0, EMAIL_LENGTH_MAX),
		show: known ? (show as Query['show']) : undefined,
		cursor: query('cursor'),
	};
}

function pathOf(query: Query): string {
	const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
	const text = new URLSearchParams(given).toString();
	return text ? `${PATHS.desk}?${text}` : PATHS.desk;
}

function Search({ desk: { words }, query }: { desk: Desk; query: Query }) {
	return (
		<search>
			<form class="search" method="get" action={PATHS.desk}>
				{query.show && <input type="hidden" name="show" value={query.show} />}
				<div class="field">
					<label for="email">{words.list.search}</label>
					<p class="hint" id="email-hint">
						{words.list.searchHint}
					</p>
					<input
						id="email"
						name="email"
						type="search"
						value={query.email}
						autocomplete="off"
						autocapitalize="off"
						spellcheck={false}
						dir="ltr"
						maxLength={EMAIL_LENGTH_MAX}
						aria-describedby="email-hint"
					/>
				</div>
				<button type="submit" class="button">
					{words.list.find}
				</button>
			</form>
		</search>
	);
}

function Filters({ desk, query, counts }: { desk: Desk; query: Query; counts: Record<Step | 'attention', number> }) {
	const { words, speech } = desk;
	const all = STEPS.reduce((sum, step) => sum + counts[step], 0);
	const filters: [Query['show'], string, number][] = [
		[undefined, words.list.all, all],
		['attention', words.list.needsAttention, counts.attention],
		...STEPS.map((step): [Step, string, number] => [step, words.steps[step], counts[step]]),
	];
	return (
		<nav class="filters" aria-label={words.list.filterSteps}>
			<ul>
				{filters.map(([show, name, count]) => (
					<li>
						<a href={pathOf({ email: query.email, show })} aria-current={show === query.show ? 'page' : undefined}>
							{name} <span class="count">{speech.number(count)}</span>
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
}

function People({ desk, items }: { desk: Desk; items: Account[] }) {
	return (
		<ul class="people">
			{items.map((account) => (
				<li>
					<p class="person">
						<a href={accountPath(account.id)}>
							<bdi>{account.email}</bdi>
						</a>
						{account.name && <bdi class="quiet">{account.name}</bdi>}
					</p>
					<p>
						<StepName desk={desk} account={account} /> <Attention desk={desk} account={account} />
					</p>
					<p class="moment">
						<Timing desk={desk} account={account} />
					</p>
				</li>
			))}
		</ul>
	);
}

/** The moment that the list shows: expiry, else completion, else registration. */
function Timing({ desk, account }: { desk: Desk; account: Account }) {
	const { list } = desk.words;
	const { step, temporaryPassword, completedAt, createdAt } = account;
	if (step === 'change-password')
		return <MomentLine desk={desk} at={temporaryPassword.expiresAt} sentence={list.expires} />;
	if (step === 'temporary-password-expired') {
		return <MomentLine desk={desk} at={temporaryPassword.expiresAt} sentence={list.expired} />;
	}
	if (step === 'complete' && completedAt) return <MomentLine desk={desk} at={completedAt} sentence={list.complete} />;
	return <MomentLine desk={desk} at={createdAt} sentence={list.registered} />;
}

function NoAccount({ desk: { words } }: { desk: Desk }) {
	return (
		<div class="card">
			<h2>{words.list.none}</h2>
			<p>{words.list.noneText}</p>
			<p>
				<a href={PATHS.desk}>{words.list.clear}</a>
			</p>
		</div>
	);
}

function Paging({ desk: { words }, query, next }: { desk: Desk; query: Query; next: string | null }) {
	if (!next && !query.cursor) return null;
	return (
		<p class="paging">
			{query.cursor && <a href={pathOf({ ...query, cursor: undefined })}>{words.list.first}</a>}
			{next && (
				<a class="button quiet" href={pathOf({ ...query, cursor: next })}>
					{words.list.more}
				</a>
			)}
		</p>
	);
}
