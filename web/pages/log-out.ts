import { signOut } from '../../acts/sign-in/sign-in.js';
import type { Page } from '../page.js';
import { PLACES } from '../places.js';

/** Has nothing to see: only the form at the top of the other pages leads here. */
export const logOutPage: Page = {
	place: PLACES.logOut,
	isFor: () => false,
	title: ({ speech }) => speech.words.common.logOut,
	body: () => null,
	acts: {
		'log-out': {
			run: async ({ api, call }) => {
				await signOut(api, call);
				return { to: PLACES.home, notice: 'logged-out', token: null };
			},
		},
	},
};
