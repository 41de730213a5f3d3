/** The first signal stops in order, the second at once. */
export function onStopSignal(stop: () => Promise<void>): void {
	let stopping = false;
	const onSignal = () => {
		if (stopping) process.exit(1);
		stopping = true;
		void stop().then(() => process.exit(0));
	};
	process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}
