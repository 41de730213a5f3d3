import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the provider's endpoint got it. */
export interface Heard {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	form: Record<string, string>;
}

/** An endpoint on the loopback in place of the SMS provider's, with programmable answers. */
export async function startProvider(answer: (response: ServerResponse, heard: Heard) => void) {
	const heard: Heard[] = [];
	let connections = 0;
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const form = Object.fromEntries(new URLSearchParams(body));
		heard.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, form });
		answer(response, heard[heard.length - 1] as Heard);
	});
	server.on('connection', () => {
		connections += 1;
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		heard,
		connections: () => connections,
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close() {
			server.closeAllConnections();
			return new Promise<unknown>((closed) => server.close(closed));
		},
	};
}

export function json(
	response: ServerResponse,
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
