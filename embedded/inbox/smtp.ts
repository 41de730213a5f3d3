import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { type Listener, listenOnLoopback } from './listener.js';
import type { InboxStore } from './store.js';

const MAIL_MAX_BYTES = 1_000_000;

/** Takes every mail that is sent to it, over real SMTP, for every recipient. */
export function startSmtp(store: InboxStore): Promise<Listener> {
	return listenOnLoopback(() => {
		const server = makeServer(store);
		const sockets = new Set<Socket>();
		server.server.on('connection', (socket) => {
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
		});
		return {
			server,
			net: () => server.server,
			cut: () => {
				for (const socket of sockets) socket.destroy();
			},
		};
	});
}

function makeServer(store: InboxStore): SMTPServer {
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		disableReverseLookup: true,
		logger: false,
		size: MAIL_MAX_BYTES,
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.once('end', () => {
				if (stream.sizeExceeded) {
					done(Object.assign(new Error('The mail is too large.'), { responseCode: 552 }));
					return;
				}
				const source = Buffer.concat(chunks).toString('latin1');
				for (const { address } of session.envelope.rcptTo) store.add('email', address, source);
				done();
			});
		},
	});
	server.on('error', () => {}); // Errors of single connections, which their clients notice.
	return server;
}
