import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came over the wire, and as a reader's program understands it. */
export interface Arrived {
	raw: string;
	recipients: string[];
	parsed: ParsedMail;
}

/** An error that the server sends as this reply. */
export function reply(responseCode: number, text: string): Error {
	return Object.assign(new Error(text), { responseCode });
}

/** A real SMTP server on the loopback that keeps what it takes. */
export async function startMailServer(options: SMTPServerOptions = {}) {
	const arrived: Arrived[] = [];
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk) => chunks.push(chunk));
			stream.on('end', async () => {
				const raw = Buffer.concat(chunks);
				const recipients = session.envelope.rcptTo.map(({ address }) => address);
				arrived.push({ raw: raw.toString('latin1'), recipients, parsed: await simpleParser(raw) });
				done();
			});
		},
		...options,
	});
	// A client that goes away in the middle is what some tests are about.
	server.on('error', () => {});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.server.address() as AddressInfo;
	return { arrived, port, close: () => new Promise<void>((closed) => server.close(closed)) };
}

/** A TCP server on the loopback with a programmable behavior for each connection, for broken SMTP and HTTP. */
export async function startSocketServer(onConnection: (socket: Socket) => void) {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		onConnection(socket);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		port: (server.address() as AddressInfo).port,
		connections: () => sockets.size,
		close() {
			for (const socket of sockets) socket.destroy();
			return new Promise<unknown>((closed) => server.close(closed));
		},
	};
}

export function addressesOf(field: AddressObject | AddressObject[] | undefined): (string | undefined)[] {
	return [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
}
