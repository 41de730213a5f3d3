/** Gets the time-skipping server into the user's cache. @throws when Maven fails */
export function getTimeSkipping(): void;
