/** What the workflow bundle offers to a worker: the workflow types, by their names. */
export { batch } from './batch.js';
export { onboarding } from './onboarding.js';
