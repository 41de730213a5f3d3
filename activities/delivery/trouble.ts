/** Why an attempt to deliver failed, in codes that quote neither people nor secrets. */
export interface Trouble {
	messageId: string;
	/** Of the client or of the operating system: `ECONNREFUSED`, `EENVELOPE`; for the SMS provider its own number. */
	code: string;
	/** SMTP: what was refused, `RCPT TO`. */
	command?: string | undefined;
	/** The reply's number, of SMTP or HTTP. */
	status?: number | undefined;
}
