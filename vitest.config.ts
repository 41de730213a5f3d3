import { defineConfig } from 'vitest/config';

export default defineConfig({
	// Sources only say `.js` of themselves; the pages' JSX is preact's.
	oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: ['test/setup/global.ts'],
		// Real servers and their native parts: a process a file, so that what one leaves behind is no other's.
		pool: 'forks',
		maxWorkers: 2,
		// Milliseconds. They end what hangs and measure nothing: a machine at work may take ten times as long as an idle one.
		testTimeout: 300_000,
		hookTimeout: 300_000,
		teardownTimeout: 60_000,
	},
});
