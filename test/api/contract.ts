import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import { openApiDocument } from '../../api/docs/openapi.js';
import { ENDPOINTS } from '../../api/routes/index.js';

interface Media {
	content?: Record<string, { schema: object }>;
}
interface Operation {
	requestBody?: Media;
	responses: Record<string, Media>;
}

/** What the OpenAPI document says about a request and its answer; null when both are as it says, else what is not. */
export type Conformance = (method: string, path: string, response: Response, body: string) => string | null;

/** Reads the published document and nothing else of ours, as a client would. */
export function contract(): Conformance {
	const document = JSON.parse(JSON.stringify(openApiDocument(ENDPOINTS, 'Mobile Token')));
	const paths: Record<string, Record<string, Operation>> = document.paths;
	const ajv = new Ajv2020({ strict: false, allErrors: true });
	formats.default.default(ajv);
	ajv.addSchema(document, 'api');
	const compiled = new Map<string, ValidateFunction>();
	const validatorOf = (schema: object) => {
		const text = JSON.stringify(schema).replaceAll('"#/', '"api#/');
		const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
		compiled.set(text, validate);
		return validate;
	};
	return (method, path, response, body) => {
		const template = Object.keys(paths).find((candidate) => matches(candidate, path));
		const answer = template && paths[template]?.[method.toLowerCase()]?.responses[response.status];
		if (!answer) return `${method} ${template ?? path} documents no ${response.status}: ${body}`;
		if (!answer.content) return body === '' ? null : 'a body where none is documented';
		const type = response.headers.get('content-type')?.split(';')[0] ?? '';
		const schema = answer.content[type]?.schema;
		if (!schema) return `${type} is not documented for ${response.status}`;
		const validate = validatorOf(schema);
		return validate(JSON.parse(body)) ? null : `${JSON.stringify(validate.errors)} in ${body}`;
	};
}

function matches(template: string, path: string): boolean {
	const pattern = template.replaceAll(/\{\w+\}/g, '[^/]+');
	return new RegExp(`^${pattern}$`).test(path.split('?')[0] ?? '');
}
