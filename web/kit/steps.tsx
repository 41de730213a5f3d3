import type { Speech } from '../words/speech.js';
import { Ring } from './ring.js';

const STEPS = ['password', 'token', 'phone'] as const;
export type SetUpStep = (typeof STEPS)[number];

/** The steps of the setup: the done ones and the current one. `at` is null when all are done. */
export function Steps({ speech, at }: { speech: Speech; at: SetUpStep | null }) {
	const { common, stepNames, done } = speech.words;
	const here = at ? STEPS.indexOf(at) : STEPS.length;
	return (
		<nav class="steps" aria-label={common.steps}>
			<p class="steps-count">
				<Ring done={here} of={STEPS.length} />
				<span>{at ? common.step(speech.number(here + 1), speech.number(STEPS.length)) : done.title}</span>
			</p>
			<ol>
				{STEPS.map((step, index) => (
					<li class={stateOf(index, here)} aria-current={index === here ? 'step' : undefined}>
						<span class="mark" aria-hidden="true">
							{index < here ? <Check /> : speech.number(index + 1)}
						</span>
						<span>
							{stepNames[step]}
							{index < here && <span class="unseen"> ({common.stepDone})</span>}
						</span>
					</li>
				))}
			</ol>
		</nav>
	);
}

function stateOf(index: number, here: number): string {
	if (index < here) return 'past';
	return index === here ? 'here' : 'ahead';
}

export function Check() {
	return (
		<svg class="check" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
			<path d="m3.5 8.5 3 3 6-7" />
		</svg>
	);
}
