import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Filter, InboxMessage } from './store.js';

const CODE = /(?<![\d-])\d{6}(?![\d-])/;
/** A line that is nothing but groups joined by hyphens: a temporary password. */
const SECRET_LINE = /^[A-Za-z0-9]{3,8}(?:-[A-Za-z0-9]{3,8}){2,}$/;
const CHANNELS = [
	['', 'All'],
	['email', 'E-mail'],
	['sms', 'SMS'],
] as const;
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

/** The page of the inbox: works without a script, and loads nothing but its stylesheet. */
export function renderInbox(messages: InboxMessage[], filter: Filter): string {
	return `<!doctype html>${renderToString(
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>Inbox ({messages.length})</title>
				<link rel="icon" href="/inbox/icon.svg" />
				<link rel="stylesheet" href="/inbox/inbox.css" />
			</head>
			<body>
				<p class="banner" role="note">
					<strong>Development only.</strong> Mails and SMS that would have been sent, secrets included.
				</p>
				<main>
					<Head filter={filter} />
					{messages.length === 0 ? <Empty filter={filter} /> : messages.map((message) => <Message message={message} />)}
				</main>
			</body>
		</html>,
	)}`;
}

function Head({ filter }: { filter: Filter }) {
	return (
		<header>
			<h1>Inbox</h1>
			<form action="/inbox" method="get">
				<label>
					To
					<input name="to" type="search" value={filter.to ?? ''} placeholder="address or number" autocomplete="off" />
				</label>
				<label>
					Channel
					<select name="channel">
						{CHANNELS.map(([value, label]) => (
							<option value={value} selected={(filter.channel ?? '') === value}>
								{label}
							</option>
						))}
					</select>
				</label>
				<button type="submit">Show</button>
			</form>
			<nav aria-label="Inbox">
				<a href={selfUrl(filter)}>Reload</a>
				{(filter.to || filter.channel) && <a href="/inbox">Show all</a>}
			</nav>
		</header>
	);
}

function Empty({ filter }: { filter: Filter }) {
	return (
		<p class="empty">
			{filter.to || filter.channel
				? 'No message matches.'
				: 'No messages yet. They appear here as soon as they are sent.'}
		</p>
	);
}

function Message({ message }: { message: InboxMessage }) {
	const { id, channel, to, subject, text, html, receivedAt } = message;
	const heading = `message-${id}`;
	return (
		<article aria-labelledby={heading}>
			<div class="meta">
				<span class={`channel ${channel}`}>{channel === 'email' ? 'E-mail' : 'SMS'}</span>
				<a href={selfUrl({ to })}>{to}</a>
				<time dateTime={receivedAt}>{readable(receivedAt)}</time>
			</div>
			<h2 id={heading}>{subject ?? 'Text message'}</h2>
			<Secret text={text} />
			<pre>{withLinks(text)}</pre>
			{html && (
				<details>
					<summary>As it looks in a mail program</summary>
					<iframe src={`/inbox/messages/${id}/html`} sandbox="" title={`Mail: ${subject}`} loading="lazy" />
				</details>
			)}
		</article>
	);
}

/** What the reader came for, in a piece: one click selects all of it. */
function Secret({ text }: { text: string }) {
	const line = text.split(/\r?\n/).find((candidate) => SECRET_LINE.test(candidate.trim()));
	const secret = line?.trim() ?? CODE.exec(text)?.[0];
	return secret ? <output class="secret">{secret}</output> : null;
}

function withLinks(text: string): ComponentChildren[] {
	const parts: ComponentChildren[] = [];
	let from = 0;
	for (const { 0: url, index } of text.matchAll(LINK)) {
		parts.push(
			text.slice(from, index),
			<a href={url} rel="noreferrer">
				{url}
			</a>,
		);
		from = index + url.length;
	}
	return [...parts, text.slice(from)];
}

function selfUrl({ to, channel }: Filter): string {
	const query = new URLSearchParams({ ...(to && { to }), ...(channel && { channel }) }).toString();
	return query ? `/inbox?${query}` : '/inbox';
}

function readable(at: string): string {
	return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}
