export interface ProcessIdentity {
	pid: number;
	/** In the system's own words; only good for comparing. */
	startedAt: string;
}
/** When that process started; null when it is gone or a zombie. */
export function startTimeOf(pid: number): string | null;
export function thisProcess(): ProcessIdentity;
/** Whether that very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean;
