import { Form, Submit } from './form.js';
import { LanguageChoice } from './language-choice.js';
import type { HeadLinks } from './page.js';
import { PATHS } from './paths.js';
import type { Visit } from './visit.js';

/** The end of every head line: links, the reader, log-in or log-out, and the language. */
export function Corner({ visit, links }: { visit: Visit; links: HeadLinks }) {
	const { me, speech, path } = visit;
	const { common, security } = speech.words;
	return (
		<>
			{links.links.length > 0 && (
				<nav class="head-links" aria-label={links.label}>
					{links.links.map(([href, text]) => (
						<a href={href}>{text}</a>
					))}
				</nav>
			)}
			{me && (
				<a class="who" href={PATHS.home} title={security.title}>
					<bdi>{me.email}</bdi>
				</a>
			)}
			<LanguageChoice visit={visit} />
			{me && (
				<Form action={PATHS.logOut} act="log-out">
					<Submit kind="small quiet">{common.logOut}</Submit>
				</Form>
			)}
			{!me && path !== PATHS.logIn && (
				<a class="button small" href={PATHS.logIn}>
					{common.logIn}
				</a>
			)}
		</>
	);
}
