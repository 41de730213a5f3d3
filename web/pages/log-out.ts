import { signOut } from '../../acts/sign-in/sign-in.js';
import type { Page } from '../kit/page.js';
import { PATHS } from '../kit/paths.js';

/** Shows nothing. The log-out form of every page posts here. */
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
