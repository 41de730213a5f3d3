import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadConfig } from '../../config/index.js';
import { agentApiKeyFile, openAgentApiKey, openEncryptionKeys } from '../../embedded/secrets.js';
import { readSetup } from '../../embedded/setup.js';
import { temporaryFolder } from './folders.js';

it('makes secrets that the configuration accepts, once, for the owner alone', () => {
	const folder = temporaryFolder();
	const keys = openEncryptionKeys(folder);
	const agentKey = openAgentApiKey(folder);
	expect(openEncryptionKeys(folder)).toBe(keys);
	expect(openAgentApiKey(folder)).toBe(agentKey);
	expect(loadConfig({ ENCRYPTION_KEYS: keys }).encryptionKeys?.[0]?.key).toHaveLength(32);
	expect(readFileSync(agentApiKeyFile(folder), 'utf8')).toBe(`${agentKey}\n`);
	for (const file of ['encryption-keys', 'agent-api-key']) {
		expect(statSync(`${folder}/${file}`).mode & 0o777).toBe(0o600);
	}
});

it('differ from folder to folder', () => {
	expect(openEncryptionKeys(temporaryFolder())).not.toBe(openEncryptionKeys(temporaryFolder()));
	expect(openAgentApiKey(temporaryFolder())).not.toBe(openAgentApiKey(temporaryFolder()));
});

it('never replaces a lost key ring silently, since all that was sealed would be lost', () => {
	const folder = temporaryFolder();
	writeFileSync(`${folder}/encryption-keys`, '');
	expect(() => openEncryptionKeys(folder)).toThrow('is empty');
});

it('lets the environment win over the data folder', () => {
	const DATA_DIR = temporaryFolder();
	const setup = readSetup({ DATA_DIR, AGENT_API_KEY: 'cs-one:first-key', ENCRYPTION_KEYS: `k1:${'A'.repeat(43)}=` });
	expect(setup.agentApiKeys).toEqual([{ name: 'cs-one', key: 'first-key' }]);
	expect(setup.encryptionKeys.map(({ id }) => id)).toEqual(['k1']);
	expect(setup.agentApiKeyMade).toBe(false);
	expect(() => statSync(agentApiKeyFile(DATA_DIR))).toThrow('ENOENT');
});

it('keeps the limits as the configuration has them, on strangers too where SMS are paid', () => {
	const DATA_DIR = temporaryFolder();
	expect(readSetup({ DATA_DIR }).config.policy).toEqual(loadConfig({}).policy);
	const paid = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+15005550006' };
	expect(readSetup({ DATA_DIR, ...paid }).config.policy).toEqual(loadConfig(paid).policy);
});
