/** The contact of Customer Success, as a link when it is an address, a number or a URL. */
export function Contact({ contact, text }: { contact: string; text: string }) {
	const href = hrefOf(contact);
	return href ? <a href={href}>{text}</a> : <strong>{text}</strong>;
}

function hrefOf(contact: string): string | null {
	if (/^https?:\/\/\S+$/.test(contact)) return contact;
	if (/^[^\s@]+@[^\s@]+$/.test(contact)) return `mailto:${contact}`;
	return /^\+?[\d\s().-]{5,}$/.test(contact) ? `tel:${contact.replace(/[^\d+]/g, '')}` : null;
}
