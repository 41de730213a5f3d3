import { execFileSync } from 'node:child_process';
import jsQR from 'jsqr';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';

const decode = jsQR as unknown as typeof jsQR.default;

/** What a phone's camera reads off the screen: the pixels, not the markup. */
export async function scan(element: Locator): Promise<URL> {
	const { data, width, height } = PNG.sync.read(await element.screenshot());
	const found = decode(new Uint8ClampedArray(data), width, height);
	if (!found) throw new Error('no QR code can be read from the screen');
	return new URL(found.data);
}

/** The code that an authenticator app, an independent program, shows at that moment. */
export function codeOf(oathtool: string, uri: URL, now: string): string {
	const secret = uri.searchParams.get('secret') ?? '';
	const moment = now.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
	return execFileSync(oathtool, ['--totp', '--base32', '--now', moment, secret], { encoding: 'utf8' }).trim();
}
