import { createBatches } from './batches.js';
import { createDeliveries } from './deliveries.js';
import type { ActivityDependencies } from './dependencies.js';
import { createLooks } from './looks.js';
import type { Activities, BatchActivities } from './types.js';

export function createActivities(dependencies: ActivityDependencies): Activities & BatchActivities {
	return { ...createLooks(dependencies), ...createDeliveries(dependencies), ...createBatches(dependencies) };
}
