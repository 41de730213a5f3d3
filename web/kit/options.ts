/** The configuration of the pages. */
export interface PageOptions {
	/** The product's public address, without a slash at the end. */
	publicUrl: string;
	productName: string;
	/** Customer Success: an address, a number, a link or a name. */
	supportContact: string;
	/** The target of "Continue to the platform"; null means our own start page. */
	platformUrl: string | null;
}
