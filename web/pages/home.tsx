import type { Page } from '../kit/page.js';
import { isComplete, PATHS } from '../kit/paths.js';
import type { Visit } from '../kit/visit.js';
import { SecurityOverview } from './security.js';
import { TokenPicture } from './token-picture.js';

/** The start page. A logged-in user sees the security of their account. */
export const homePage: Page = {
	path: PATHS.home,
	isFor: ({ me }) => me === null || isComplete(me),
	show: (visit) => {
		const { words } = visit.speech;
		return visit.me
			? { title: words.security.title, body: <SecurityOverview visit={visit} /> }
			: { title: words.home.title, body: <Welcome visit={visit} /> };
	},
};

function Welcome({ visit: { speech, options } }: { visit: Visit }) {
	const { home, common } = speech.words;
	return (
		<>
			<div class="hero">
				<div>
					<h1>
						<bdi>{options.productName}</bdi>
					</h1>
					<p class="lead">{home.lead}</p>
					<p>
						<a class="button" href={PATHS.logIn}>
							{common.logIn}
						</a>
					</p>
				</div>
				<TokenPicture />
			</div>
			<section class="card first" aria-labelledby="first-title">
				<div>
					<h2 id="first-title">{home.newHere}</h2>
					<p>{home.promise}</p>
				</div>
				<ol>
					{home.about.map(([name, text]) => (
						<li>
							<h3>{name}</h3>
							<p>{text}</p>
						</li>
					))}
				</ol>
			</section>
		</>
	);
}
