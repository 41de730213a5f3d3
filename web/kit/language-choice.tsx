import { LANGUAGES } from '../words/speech.js';
import { Form } from './form.js';
import { PATHS } from './paths.js';
import type { Visit } from './visit.js';

/** The form's fields: the chosen language, and the page to return to. */
export const LANGUAGE_FIELD = 'language';
export const BACK_FIELD = 'back';

/** The choice of a language, each named in that language. It works without a script. */
export function LanguageChoice({ visit: { speech, url } }: { visit: Visit }) {
	const { words } = speech;
	return (
		<details class="languages">
			<summary>
				<Globe />
				<span class="unseen">{words.common.language}: </span>
				<span class="language-name">{words.name}</span>
			</summary>
			<Form action={PATHS.language} act="choose">
				<input type="hidden" name={BACK_FIELD} value={url} />
				<ul>
					{LANGUAGES.map(({ language, direction, name }) => (
						<li>
							<button
								type="submit"
								name={LANGUAGE_FIELD}
								value={language}
								lang={language}
								dir={direction}
								aria-current={language === words.language ? 'true' : undefined}
							>
								{name}
							</button>
						</li>
					))}
				</ul>
			</Form>
		</details>
	);
}

function Globe() {
	return (
		<svg class="globe" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
			<circle cx="10" cy="10" r="8" />
			<path d="M2 10h16M10 2c-5 5-5 11 0 16c5-5 5-11 0-16" />
		</svg>
	);
}
