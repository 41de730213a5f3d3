import type { ComponentChildren } from 'preact';
import { deskWordsOf } from './agent/words/index.js';
import { renderDocument } from './layout/document.js';
import { ErrorSummary, NoticeLine } from './layout/error-summary.js';
import { Form } from './layout/form.js';
import { Steps } from './layout/steps.js';
import type { Attempt, Page } from './page.js';
import { PLACES } from './places.js';
import type { Visit } from './visit.js';

/** A page of the product as HTML: its head line, the steps where it is one, what was refused, and what it says. */
export async function framePage(page: Page, visit: Visit, attempt: Attempt | null): Promise<string> {
	const { speech, notice } = visit;
	const body = await page.body(visit, attempt);
	const told = (attempt || notice) && !page.tells?.(attempt) && (
		<div class="told">
			<ErrorSummary speech={speech} trouble={attempt?.trouble ?? null} />
			<NoticeLine text={!attempt && notice ? speech.words.notices[notice] : null} />
		</div>
	);
	return frame(visit, {
		title: page.title(visit, attempt),
		failed: attempt !== null,
		corner: page.place === PLACES.logIn ? null : <Corner visit={visit} />,
		children: page.step ? (
			<div class="set-up">
				<Steps speech={speech} at={page.step} />
				<div class="card">
					{told}
					{body}
				</div>
			</div>
		) : (
			<>
				{told}
				{body}
			</>
		),
	});
}

interface Framed {
	title: string;
	failed?: boolean;
	corner?: ComponentChildren;
	/** Where the product's name leads; the start page when nothing is said. */
	home?: string;
	/** For the desk: wider, and with its own style sheet. */
	wide?: boolean;
	children: ComponentChildren;
}

/** Any page of ours for people. */
export function frame({ speech, options }: Pick<Visit, 'speech' | 'options'>, framed: Framed): string {
	const { productName, supportContact } = options;
	return renderDocument({ speech, productName, supportContact, ...framed });
}

/** "Log In" at the top right; for who is logged in, who that is and the way out. */
function Corner({ visit: { me, speech } }: { visit: Visit }) {
	const { common } = speech.words;
	if (!me) {
		return (
			<a class="button small" href={PLACES.logIn}>
				{common.logIn}
			</a>
		);
	}
	return (
		<>
			{me.role === 'agent' && me.security && <a href={PLACES.desk}>{deskWordsOf(speech).name}</a>}
			<bdi class="who">{me.email}</bdi>
			<Form action={PLACES.logOut} act="log-out">
				<button type="submit" class="button small quiet">
					{common.logOut}
				</button>
			</Form>
		</>
	);
}
