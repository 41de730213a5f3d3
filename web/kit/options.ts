/** What the main of the process decides about the pages. */
export interface PageOptions {
	/** Where people reach us, without a slash at the end. */
	publicUrl: string;
	productName: string;
	/** Customer Success: an address, a number, a link or a name. */
	supportContact: string;
	/** Where "Continue to the platform" leads; null: to our own page. */
	platformUrl: string | null;
}
