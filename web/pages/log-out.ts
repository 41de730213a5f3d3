import { signOut } from '../../acts/sign-in/sign-in.js';
import type { Page } from '../kit/page.js';
import { PATHS } from '../kit/paths.js';

/** Has nothing to see: only the form at the top of the other pages leads here. */
export const logOutPage: Page = {
	path: PATHS.logOut,
	isFor: () => false,
	show: ({ speech }) => ({ title: speech.words.common.logOut, body: null }),
	acts: {
		'log-out': {
			run: async ({ api, call }) => {
				await signOut(api, call);
				return { to: PATHS.home, flash: 'logged-out', token: null };
			},
		},
	},
};
