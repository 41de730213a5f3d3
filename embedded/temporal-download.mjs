/*
 * Has Temporal's SDK download its dev server: `node temporal-download.mjs <folder> <version>`. The SDK does so only to
 * start it, so it is started for a moment; and in a process of its own, because the SDK's runtime exists once a process.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir, version] = process.argv.slice(2);
const environment = await TestWorkflowEnvironment.createLocal({
	server: { executable: { type: 'cached-download', downloadDir, version, ttl: '1000 days' } },
});
await environment.teardown();
process.exit(0);
