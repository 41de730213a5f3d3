/** The path of each part that tests need, or null where it is not on this machine. */
export interface Parts {
	temporal: string | null;
	/** The folder with `initdb` and `postgres`. */
	postgres: string | null;
	/** The script that runs the time-skipping server. */
	timeSkipping: string | null;
	chromium: string | null;
	oathtool: string | null;
	go: string | null;
	curl: string | null;
	schemathesis: string | null;
}
export const TIME_SKIPPING_VERSION: string;
export const cacheFolder: string;
export const timeSkippingScript: string;
export const SCHEMATHESIS_VERSION: string;
export const schemathesisProgram: string;
export function findAll(): Parts;
export function onPath(name: string): string | null;
