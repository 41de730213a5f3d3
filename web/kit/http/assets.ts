import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { type Response, Router } from 'express';
import { refuseOtherMethods } from '../../../api/http/methods.js';

const FOLDER = new URL('../../assets/', import.meta.url);
/** Seconds. The name changes with the content, so a browser may keep it for good. */
const YEAR = 31_536_000;

interface Asset {
	url: string;
	type: string;
	content: Buffer;
}

/** Every file of `web/assets` by its name, read once. A folder there is one style sheet. */
const ASSETS: ReadonlyMap<string, Asset> = new Map(readdirSync(FOLDER, { withFileTypes: true }).map(readAsset));

function readAsset(entry: Dirent): [name: string, asset: Asset] {
	if (!entry.isDirectory()) return [entry.name, assetOf(entry.name, readFileSync(new URL(entry.name, FOLDER)))];
	const name = `${entry.name}.css`;
	return [name, assetOf(name, joined(new URL(`${entry.name}/`, FOLDER)))];
}

/** A folder's files in the order of their names, which is the order of the cascade. */
function joined(folder: URL): Buffer {
	const names = readdirSync(folder).sort();
	return Buffer.concat(names.map((name) => readFileSync(new URL(name, folder))));
}

function assetOf(name: string, content: Buffer): Asset {
	const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
	const dot = name.lastIndexOf('.');
	return { url: `/assets/${name.slice(0, dot)}.${digest}${name.slice(dot)}`, type: name.slice(dot + 1), content };
}

/** The hashed path of `name`. @throws when there is no such file */
export function assetUrl(name: string): string {
	const asset = ASSETS.get(name);
	if (!asset) throw new Error(`There is no asset ${name}`);
	return asset.url;
}

/** Serves the assets under their hashed names. */
export function assetRouter(): Router {
	const router = Router({ strict: true, caseSensitive: true });
	for (const asset of ASSETS.values()) router.get(asset.url, (_req, res) => sendAsset(res, asset));
	refuseOtherMethods(router);
	return router;
}

function sendAsset(res: Response, { type, content }: Asset): void {
	res.set('Cache-Control', `public, max-age=${YEAR}, immutable`).type(type).send(content);
}
