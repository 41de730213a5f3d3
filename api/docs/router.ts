import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Response, Router } from 'express';
import { REFUSALS, type RefusalCode, refuse } from '../../domain/refusal.js';
import { refuseOtherMethods } from '../http/methods.js';
import { sendProblem } from '../http/problem.js';
import { PROBLEM_TEXTS } from '../http/problem-texts.js';
import type { OpenApiDocument } from './openapi.js';

const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
/** The only files of the package that are served. */
const SWAGGER_UI_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Swagger UI has icons as `data:`, sets styles from its script and calls only this API. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"connect-src 'self'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
].join('; ');

/** `/openapi.json`, Swagger UI without the internet, and a page for each refusal. */
export function docsRouter(describe: () => OpenApiDocument): Router {
	const router = Router({ caseSensitive: true });
	let document: string | undefined;
	router.get('/openapi.json', (_req, res) => {
		document ??= JSON.stringify(describe());
		res.type('json').send(document);
	});
	router.get('/docs', (_req, res) => {
		res.set('Content-Security-Policy', CONTENT_SECURITY_POLICY).type('html').send(DOCS_PAGE);
	});
	router.get('/docs/start.js', (_req, res) => void res.type('js').send(START_SCRIPT));
	router.get('/docs/problems.css', (_req, res) => void res.type('css').send(PROBLEM_STYLE));
	for (const file of SWAGGER_UI_FILES) {
		router.get(`/docs/${file}`, (_req, res, next) => {
			res.sendFile(join(SWAGGER_UI, file), { maxAge: '1h' }, (error) => error && next(error));
		});
	}
	router.get('/docs/problems', (_req, res) => sendHtml(res, 'Problems', problemList()));
	router.get('/docs/problems/:code', (req, res) => {
		const { code } = req.params;
		if (isCode(code)) sendHtml(res, PROBLEM_TEXTS[code].title, problemPage(code));
		else sendProblem(res, refuse('not-found'));
	});
	refuseOtherMethods(router);
	return router;
}

function isCode(text: string): text is RefusalCode {
	return Object.hasOwn(REFUSALS, text);
}

const DOCS_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

/** `validatorUrl: null`: the description stays here instead of being sent to a checker on the internet. */
const START_SCRIPT = `SwaggerUIBundle({
	url: '/openapi.json',
	dom_id: '#swagger-ui',
	deepLinking: true,
	validatorUrl: null,
	defaultModelsExpandDepth: 0,
	displayOperationId: false,
	persistAuthorization: false,
});
`;

const PROBLEM_STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
code { font-family: ui-monospace, monospace; }
`;

function sendHtml(res: Response, title: string, body: string): void {
	res.type('html').send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="stylesheet" href="/docs/problems.css">
<h1>${title}</h1>
${body}
</html>
`);
}

function problemPage(code: RefusalCode): string {
	const { meaning, remedy } = PROBLEM_TEXTS[code];
	return `<p><code>${code}</code>, HTTP ${REFUSALS[code]}</p>
<p>${withCode(meaning)}</p>
<p>${withCode(remedy)}</p>
<p><a href="/docs/problems">All problems</a> · <a href="/docs">The API</a></p>`;
}

function problemList(): string {
	const codes = Object.keys(REFUSALS) as RefusalCode[];
	const items = codes.map(
		(code) => `<li><a href="/docs/problems/${code}"><code>${code}</code></a>: ${PROBLEM_TEXTS[code].title}</li>`,
	);
	return `<ul>\n${items.join('\n')}\n</ul>`;
}

/** The texts are ours and contain no HTML. Text between backticks is code. */
function withCode(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
