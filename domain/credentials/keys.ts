import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** One master key of the ring. Its id is stored with everything made under it, so that keys can be rotated. */
export interface MasterKey {
	id: string;
	/** 32 bytes. */
	key: Buffer;
}

/** The purpose of a derived key. A key of one purpose opens nothing of another (HKDF, RFC 5869). */
export type Purpose =
	| 'temporary-password'
	| 'password'
	| 'passcode'
	| 'authenticator'
	| 'session'
	| 'network'
	| 'message'
	| 'limit'
	| 'answer'
	| 'form';

/** Where a sealed value belongs. It opens nowhere else: this is GCM's additional data (NIST SP 800-38D). */
export interface Place {
	table: string;
	rowId: string;
	accountId: string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The ring of master keys. The first key seals and digests; each key verifies and opens. */
export class KeyRing {
	readonly #current: MasterKey;
	readonly #keys: Map<string, MasterKey>;
	readonly #derived = new Map<string, Buffer>();

	/** @throws when the ring is empty or a key is not 32 bytes long */
	constructor(keys: readonly MasterKey[]) {
		const current = keys[0];
		if (!current) throw new Error('The key ring is empty.');
		for (const { id, key } of keys) if (key.length !== 32) throw new Error(`Key ${id} is not 32 bytes long.`);
		this.#current = current;
		this.#keys = new Map(keys.map((key) => [key.id, key]));
	}

	/** A keyed digest of the parts, as `<key id>.<base64url of HMAC-SHA-256>`. One way. */
	digest(purpose: Purpose, ...parts: string[]): string {
		return this.#digestUnder(this.#current, purpose, parts);
	}

	/** Whether `digest` was made of these parts, compared in constant time. A key that left the ring verifies nothing. */
	verify(digest: string, purpose: Purpose, ...parts: string[]): boolean {
		const key = this.#keys.get(digest.slice(0, digest.indexOf('.')));
		if (!key) return false;
		const given = Buffer.from(digest);
		const made = Buffer.from(this.#digestUnder(key, purpose, parts));
		return given.length === made.length && timingSafeEqual(given, made);
	}

	/** Seals `text` for one place, as `<key id>.<base64url of iv, ciphertext and tag>` (AES-256-GCM). */
	seal(purpose: Purpose, place: Place, text: string): string {
		const iv = randomBytes(IV_BYTES);
		const cipher = createCipheriv('aes-256-gcm', this.#derive(this.#current, purpose), iv);
		cipher.setAAD(additionalData(place));
		const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
		return `${this.#current.id}.${sealed.toString('base64url')}`;
	}

	/** Opens what `seal` made. @throws when the key left the ring, or the value was altered or moved */
	open(purpose: Purpose, place: Place, sealed: string): string {
		const dot = sealed.indexOf('.');
		const key = this.#keys.get(sealed.slice(0, dot));
		if (!key) throw new Error('Sealed under a key that is not in the ring.');
		const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
		const [derived, iv] = [this.#derive(key, purpose), bytes.subarray(0, IV_BYTES)];
		const decipher = createDecipheriv('aes-256-gcm', derived, iv, { authTagLength: TAG_BYTES });
		decipher.setAAD(additionalData(place));
		decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
		const text = decipher.update(bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES));
		return Buffer.concat([text, decipher.final()]).toString('utf8');
	}

	#digestUnder(key: MasterKey, purpose: Purpose, parts: string[]): string {
		const hmac = createHmac('sha256', this.#derive(key, purpose)).update(JSON.stringify(parts));
		return `${key.id}.${hmac.digest('base64url')}`;
	}

	#derive(key: MasterKey, purpose: Purpose): Buffer {
		const name = `${key.id}/${purpose}`;
		const known = this.#derived.get(name);
		if (known) return known;
		const derived = Buffer.from(hkdfSync('sha256', key.key, '', `mobile-token/${purpose}`, 32));
		this.#derived.set(name, derived);
		return derived;
	}
}

function additionalData(place: Place): Buffer {
	return Buffer.from(JSON.stringify([place.table, place.rowId, place.accountId]));
}
