import type { Letterhead, Mail, Part } from './mail.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe inside HTML text and quoted attributes. */
function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const SANS = `-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans Arabic',sans-serif`;
const MONO = `ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace`;

/** Styles for newer clients: dark colors, small screens. Styles that every client understands are inline. */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
a{color:#2447c9}
@media (max-width:480px){.card{padding:28px 22px!important}.heading{font-size:22px!important}.secret{font-size:16px!important}.button a{display:block!important;text-align:center!important}}
@media (prefers-color-scheme:dark){
.page{background:#0f1218!important}
.card{background:#191e27!important;border-color:#2b3240!important}
.strong,.heading,.brand{color:#f3f5f9!important}
.plain{color:#d3d9e4!important}
.quiet,.quiet a,.link{color:#9aa5b8!important}
.rule{border-color:#2b3240!important}
.box{background:#10141b!important;border-color:#3a4456!important}
.button{background:#7c97ff!important}
.button a{color:#0d1224!important;border-color:#7c97ff!important}
a{color:#9db1ff!important}}`;

/** Stops mail clients from showing the first lines of the mail after the preheader. */
const PREHEADER_REST = '&#847;&zwnj;&nbsp;'.repeat(60);

/** The HTML of a mail: tables, no images, nothing loaded from anywhere; all of `mail` is escaped. */
export function htmlOf(mail: Mail, letterhead: Letterhead): string {
	const { language, direction, productName, supportContact } = letterhead;
	const start = direction === 'rtl' ? 'right' : 'left';
	const link = contactLink(supportContact);
	return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${escapeHtml(mail.subject)}</title>
<style>${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f4f7">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(mail.preheader)}${PREHEADER_REST}</div>
<table role="presentation" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background:#f3f4f7">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px;font-family:${SANS};text-align:${start}">
<tr><td class="brand" style="padding:0 4px 16px;font-size:15px;font-weight:700;color:#1a2233">${escapeHtml(productName)}</td></tr>
<tr><td class="card" style="padding:36px 40px;background:#ffffff;border:1px solid #e2e5ec;border-radius:14px">
<h1 class="heading" style="margin:0 0 20px;font-size:25px;line-height:1.3;font-weight:700;color:#131a29">${escapeHtml(mail.heading)}</h1>
<p class="plain" style="margin:0 0 16px;font-size:16px;line-height:1.6;color:#38425a">${escapeHtml(mail.greeting)}</p>
${mail.parts.map((part) => partOf(part, link)).join('\n')}
</td></tr>
<tr><td class="quiet" style="padding:20px 4px 0;font-size:13px;line-height:1.6;color:#667085">${escapeHtml(mail.footer)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function partOf(part: Part, link: (escaped: string) => string): string {
	switch (part.kind) {
		case 'paragraph':
			return `<p class="plain" style="margin:0 0 16px;font-size:16px;line-height:1.6;color:#38425a">${link(escapeHtml(part.text))}</p>`;
		case 'secret':
			return `<p class="quiet" style="margin:24px 0 6px;font-size:14px;line-height:1.5;color:#667085">${escapeHtml(part.label)}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="box" dir="ltr" align="center" style="padding:18px 12px;background:#f5f7fd;border:1px solid #cfd7ee;border-radius:10px">
<span class="secret strong" style="font-family:${MONO};font-size:19px;line-height:1.5;font-weight:600;color:#131a29;word-break:break-word;-webkit-user-select:all;user-select:all">${escapeHtml(part.value)}</span>
</td></tr></table>`;
		case 'fact':
			return `<p class="plain" style="margin:16px 0;font-size:15px;line-height:1.5;color:#38425a"><span class="quiet" style="color:#667085">${escapeHtml(part.label)}</span> <strong class="strong" style="font-weight:600;color:#131a29">${escapeHtml(part.value)}</strong></p>`;
		case 'steps':
			return `<p class="strong" style="margin:28px 0 8px;font-size:16px;line-height:1.6;font-weight:600;color:#131a29">${escapeHtml(part.title)}</p>
${part.items.map(stepOf).join('\n')}`;
		case 'button':
			return buttonOf(part.label, part.url);
		case 'answer':
			return `<p class="quiet rule" style="margin:20px 0 0;padding:18px 0 0;border-top:1px solid #e8ebf1;font-size:14px;line-height:1.6;color:#667085"><strong class="strong" style="font-weight:600;color:#38425a">${escapeHtml(part.question)}</strong><br>${link(escapeHtml(part.text))}</p>`;
	}
}

function stepOf(item: string, index: number): string {
	return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 6px"><tr>
<td class="strong" valign="top" width="24" style="font-size:15px;line-height:1.6;font-weight:600;color:#131a29">${index + 1}.</td>
<td class="plain" valign="top" style="font-size:15px;line-height:1.6;color:#38425a">${escapeHtml(item)}</td>
</tr></table>`;
}

/** The address below the button serves clients that show no links, and readers who check it before they click. */
function buttonOf(label: string, url: string): string {
	const href = escapeHtml(url);
	return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 8px"><tr><td class="button" style="background:#2447c9;border-radius:9px">
<a href="${href}" style="display:inline-block;padding:13px 32px;border:1px solid #2447c9;border-radius:9px;font-size:16px;line-height:1.3;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a>
</td></tr></table>
<p style="margin:0 0 16px;font-size:13px;line-height:1.5;word-break:break-all"><a class="link" dir="ltr" href="${href}" style="color:#667085">${href}</a></p>`;
}

/** Turns each mention of the support contact into a link, where it is an address, a number or a page. */
function contactLink(contact: string | null): (escaped: string) => string {
	const href = contact && contactHref(contact);
	if (!href) return (escaped) => escaped;
	const shown = escapeHtml(contact);
	const anchor = `<a href="${escapeHtml(href)}">${shown}</a>`;
	return (escaped) => escaped.replaceAll(shown, () => anchor);
}

function contactHref(contact: string): string | null {
	if (/^https?:\/\/\S+$/.test(contact)) return contact;
	if (/^[^\s@]+@[^\s@]+$/.test(contact)) return `mailto:${contact}`;
	return /^\+?[\d\s().-]{5,}$/.test(contact) ? `tel:${contact.replace(/[^\d+]/g, '')}` : null;
}
