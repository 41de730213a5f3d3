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
				</div>
				<TokenPicture />
			</div>
			<section class="first" aria-labelledby="first-title">
				<h2 id="first-title">{home.newHere}</h2>
				<p>{home.promise}</p>
				<ol>
					{home.about.map((text) => (
						<li>{text}</li>
					))}
				</ol>
				<p>{home.bring}</p>
				<p>
					<a class="button" href={PLACES.logIn}>
						{common.logIn}
					</a>
				</p>
			</section>
		</>
	);
}
