/** What the workflow bundle offers to a worker: the workflow types, by their names. */
export { onboarding } from './onboarding.js';
