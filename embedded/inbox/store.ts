import { randomUUID } from 'node:crypto';
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Channel } from '../../domain/message.js';
import type { Clock } from '../../domain/time.js';

/** More than a person reads on a laptop. Older messages are removed. */
const KEPT = 2_000;

/** The file of messages in a data folder, one a line. */
export function inboxFile(dataDir: string): string {
	return resolve(dataDir, 'inbox/messages.jsonl');
}

/** A message as the inbox shows it. */
export interface InboxMessage {
	id: string;
	channel: Channel;
	/** The e-mail address or the number in E.164. */
	to: string;
	/** Null for an SMS, like `html`. */
	subject: string | null;
	text: string;
	html: string | null;
	receivedAt: string;
}

/** A line of the file. A mail is kept as it came and parsed when it is shown: most are shown once. */
interface Kept {
	id: string;
	channel: Channel;
	to: string;
	receivedAt: string;
	/** The text of an SMS; the source of a mail, each byte one character. */
	content: string;
}

export interface Filter {
	to?: string | undefined;
	channel?: string | undefined;
}

/** The messages of a data folder: in memory for reading, in a file of lines for the next start. */
export class InboxStore {
	readonly #path: string;
	readonly #parsed = new Map<string, InboxMessage>();
	#kept: Kept[];
	#lines: number;
	#file: number;

	constructor(
		dataDir: string,
		readonly clock: Clock,
	) {
		this.#path = inboxFile(dataDir);
		mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
		this.#kept = readLines(this.#path).slice(-KEPT);
		this.#lines = this.#kept.length;
		this.#file = this.#rewrite();
	}

	/** Takes a message; it survives a killed process once this returns. Gives its id. */
	add(channel: Channel, to: string, content: string): string {
		const kept = { id: randomUUID(), channel, to, receivedAt: this.clock.now(), content };
		writeSync(this.#file, `${JSON.stringify(kept)}\n`);
		this.#kept.push(kept);
		this.#lines += 1;
		if (this.#lines >= 2 * KEPT) this.#compact();
		return kept.id;
	}

	/** Newest first. */
	async list({ to, channel }: Filter, limit: number): Promise<InboxMessage[]> {
		const wanted = to?.trim().toLowerCase();
		const found: Kept[] = [];
		for (let index = this.#kept.length - 1; index >= 0 && found.length < limit; index--) {
			const kept = this.#kept[index] as Kept;
			if (channel && kept.channel !== channel) continue;
			if (wanted && kept.to.toLowerCase() !== wanted) continue;
			found.push(kept);
		}
		return Promise.all(found.map((kept) => this.#show(kept)));
	}

	async find(id: string): Promise<InboxMessage | null> {
		const kept = this.#kept.find((candidate) => candidate.id === id);
		return kept ? this.#show(kept) : null;
	}

	close(): void {
		closeSync(this.#file);
	}

	async #show(kept: Kept): Promise<InboxMessage> {
		const shown = this.#parsed.get(kept.id) ?? (await parse(kept));
		this.#parsed.set(kept.id, shown);
		return shown;
	}

	#compact(): void {
		for (const { id } of this.#kept.slice(0, -KEPT)) this.#parsed.delete(id);
		this.#kept = this.#kept.slice(-KEPT);
		this.#lines = this.#kept.length;
		closeSync(this.#file);
		this.#file = this.#rewrite();
	}

	/** Rewrites the file and returns it open for appending. */
	#rewrite(): number {
		const lines = this.#kept.map((kept) => `${JSON.stringify(kept)}\n`);
		writeFileSync(`${this.#path}.new`, lines.join(''), { mode: 0o600 });
		renameSync(`${this.#path}.new`, this.#path);
		return openSync(this.#path, 'a', 0o600);
	}
}

async function parse({ id, channel, to, receivedAt, content }: Kept): Promise<InboxMessage> {
	if (channel === 'sms') return { id, channel, to, subject: null, text: content, html: null, receivedAt };
	const mail = await simpleParser(Buffer.from(content, 'latin1'), {
		skipHtmlToText: true,
		skipTextToHtml: true,
		skipImageLinks: true,
		skipTextLinks: true,
	});
	const html = mail.html || null;
	return { id, channel, to, subject: mail.subject ?? '', text: mail.text ?? '', html, receivedAt };
}

function readLines(path: string): Kept[] {
	if (!existsSync(path)) return [];
	return readFileSync(path, 'utf8')
		.split('\n')
		.flatMap((line) => {
			try {
				return [JSON.parse(line) as Kept];
			} catch {
				return []; // A line cut off by a kill. Its sender got no acceptance.
			}
		});
}
