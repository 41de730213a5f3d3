import type { Page } from '../page.js';
import { isComplete, PLACES } from '../places.js';
import type { Visit } from '../visit.js';
import { SecurityOverview } from './security.js';
import { TokenPicture } from './token-picture.js';

/** The platform's plain page; for who is logged in, the security of their account. */
export const homePage: Page = {
	place: PLACES.home,
	isFor: ({ me }) => me === null || isComplete(me),
	title: ({ me, speech: { words } }) => (me ? words.security.title : words.home.title),
	body: (visit) => (visit.me ? <SecurityOverview visit={visit} /> : <Welcome visit={visit} />),
	acts: {},
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
						<a class="button" href={PLACES.logIn}>
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
