import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVENTS, type EventName } from '../../domain/event.js';
import type { Facts } from '../../domain/facts.js';
import { nextStep, STEPS, type Step } from '../../domain/step.js';
import { after, DAY_MS } from '../../domain/time.js';
import { standingOf } from '../../workflows/standing.js';

const NOW = '2026-11-24T08:00:00.000Z';
const EARLIER = after(NOW, -DAY_MS);
const LATER = after(NOW, DAY_MS);

const REGISTERED: Facts = {
	createdAt: EARLIER,
	erasedAt: null,
	temporaryPasswordExpiresAt: LATER,
	passwordChangedAt: null,
	authenticatorConfirmedAt: null,
	phoneVerifiedAt: null,
	phoneDeferredUntil: null,
	emailFailedAt: null,
	smsFailedAt: null,
	lockedAt: null,
	reminderDueAt: null,
	passcode: null,
	owed: [],
	messageCounts: {},
};

/** Facts of an account at each step. At `complete` it deferred its phone: verified, nothing moves it any more. */
const FACTS_AT: Record<Step, Facts> = {
	'change-password': REGISTERED,
	'temporary-password-expired': { ...REGISTERED, temporaryPasswordExpiresAt: NOW },
	'confirm-authenticator': { ...REGISTERED, passwordChangedAt: EARLIER },
	'verify-phone': { ...REGISTERED, passwordChangedAt: EARLIER, authenticatorConfirmedAt: EARLIER },
	complete: {
		...REGISTERED,
		passwordChangedAt: EARLIER,
		authenticatorConfirmedAt: EARLIER,
		phoneDeferredUntil: NOW,
	},
};

/** At which steps an event can happen and which facts it leaves. */
const EFFECTS: Partial<Record<EventName, { at: readonly Step[]; facts: Partial<Facts> }>> = {
	temporaryPasswordReissued: {
		at: ['change-password', 'temporary-password-expired'],
		facts: { temporaryPasswordExpiresAt: LATER },
	},
	emailCorrected: {
		at: ['change-password', 'temporary-password-expired'],
		facts: { temporaryPasswordExpiresAt: LATER },
	},
	temporaryPasswordExpired: { at: ['change-password'], facts: { temporaryPasswordExpiresAt: NOW } },
	passwordChanged: { at: ['change-password'], facts: { passwordChangedAt: NOW } },
	authenticatorConfirmed: { at: ['confirm-authenticator'], facts: { authenticatorConfirmedAt: NOW } },
	passcodeIssued: { at: ['verify-phone', 'complete'], facts: {} },
	phoneVerified: { at: ['verify-phone', 'complete'], facts: { phoneVerifiedAt: NOW } },
	phoneDeferred: { at: ['verify-phone', 'complete'], facts: { phoneDeferredUntil: LATER } },
	phoneReminded: { at: ['complete'], facts: {} },
	accountErased: { at: STEPS, facts: { erasedAt: NOW } },
};

const document = readFileSync(join(import.meta.dirname, '../../docs/step-diagram.md'), 'utf8');

function drawnArrows(): string[] {
	const arrows = document.matchAll(/^ +(\S+) --> (\S+): (\w+)$/gm);
	return [...arrows].map(([, from = '', to = '', event = '']) => arrow(from, event, to)).sort();
}

function derivedArrows(): string[] {
	const arrows = [arrow('[*]', 'registered', nextStep(REGISTERED, NOW))];
	for (const [event, effect] of Object.entries(EFFECTS)) {
		for (const from of effect.at) {
			const { step } = standingOf({ ...FACTS_AT[from], ...effect.facts }, NOW);
			arrows.push(arrow(from, event, step === 'erased' ? '[*]' : step));
		}
	}
	return arrows.sort();
}

function arrow(from: string, event: string, to: string): string {
	return `${from.replaceAll('_', '-')} -${event}-> ${to.replaceAll('_', '-')}`;
}

describe('the step diagram agrees with the code', () => {
	test('in its arrows', () => {
		for (const step of STEPS) expect(nextStep(FACTS_AT[step], NOW)).toBe(step);
		expect(drawnArrows()).toEqual(derivedArrows());
	});

	test('in the events that move no account', () => {
		const unmoved = /These events move no account: ([^.]+)\./.exec(document)?.[1] ?? '';
		const named = [...unmoved.matchAll(/`(\w+)`/g)].map(([, name]) => name);
		expect([...named, 'registered', ...Object.keys(EFFECTS)].sort()).toEqual([...EVENTS].sort());
	});

	test('in the functions and timers it names', () => {
		const story = readFileSync(join(import.meta.dirname, '../../workflows/onboarding.ts'), 'utf8');
		const rows = [...document.matchAll(/^\| `.+? +\| `(\w+)` +\| (.+?) +\|/gm)];
		expect(rows).toHaveLength(4);
		for (const [, name, timer] of rows) {
			const body = story.split(`async function ${name}(`)[1]?.split('\n}\n')[0] ?? '';
			const rung = /new Alarm\('(.+)'\)/.exec(body)?.[1] ?? 'none';
			expect(`${name}: ${rung}`).toBe(`${name}: ${timer}`);
		}
	});
});
