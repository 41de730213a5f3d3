import type { Clock } from '../domain/time.js';

/** The machine's time. The one place of the product that asks for it. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
