import { countAccounts } from '../../acts/accounts/desk.js';
import { listAccounts } from '../../acts/accounts/list.js';
import type { Account } from '../../acts/views.js';
import { isRefusal } from '../../domain/refusal.js';
import { STEPS, type Step } from '../../domain/step.js';
import type { Desk, DeskAnswer, DeskPage } from './desk.js';
import { MomentLine } from './moments.js';
import { accountPath, DESK_PATHS } from './paths.js';
import { Attention, StepName } from './standing.js';

const PAGE = 30;

interface Query {
	email?: string | undefined;
	/** One of the steps, or what needs somebody. */
	show?: Step | 'attention' | undefined;
	cursor?: string | undefined;
}

/** The accounts of users, soonest to expire first. */
export const listPage: DeskPage = {
	path: DESK_PATHS.list,
	get: async (desk, req): Promise<DeskAnswer> => {
		const query = readQuery(req.query);
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
		if (isRefusal(page)) return { to: DESK_PATHS.list };
		const { list } = desk.words;
		return {
			title: list.title,
			body: (
				<>
					<h1>{list.title}</h1>
					<Search desk={desk} query={query} />
					<Filters desk={desk} query={query} counts={counts} />
					{page.items.length > 0 ? <People desk={desk} items={page.items} /> : <Nobody desk={desk} />}
					<Paging desk={desk} query={query} next={page.nextCursor} />
				</>
			),
		};
	},
};

function readQuery(query: Record<string, unknown>): Query {
	const text = (name: string) =>
		typeof query[name] === 'string' && query[name].trim() ? query[name].trim() : undefined;
	const show = text('show');
	const known = show === 'attention' || STEPS.includes(show as Step);
	return {
		email: text('email')?.slice(0, 254),
		show: known ? (show as Query['show']) : undefined,
		cursor: text('cursor'),
	};
}

function pathOf(query: Query): string {
	const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
	const text = new URLSearchParams(given).toString();
	return text ? `${DESK_PATHS.list}?${text}` : DESK_PATHS.list;
}

function Search({ desk: { words }, query }: { desk: Desk; query: Query }) {
	return (
		<search>
			<form class="search" method="get" action={DESK_PATHS.list}>
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
						maxLength={254}
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

/** The moment that counts for an account: when it expires, else when it was done, else when it was registered. */
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

function Nobody({ desk: { words } }: { desk: Desk }) {
	return (
		<div class="card">
			<h2>{words.list.none}</h2>
			<p>{words.list.noneText}</p>
			<p>
				<a href={DESK_PATHS.list}>{words.list.clear}</a>
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
