import { endAllSessions, freezeAccount, unfreezeAccount, unlockAccount } from '../../acts/accounts/help.js';
import { eraseAccount, reissueTemporaryPassword } from '../../acts/accounts/registration.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Answer } from '../kit/page.js';
import { accountPath, PATHS } from '../kit/paths.js';
import type { DeskFlash } from '../words/flashes.js';
import { unlessPast, whyNotIssued } from './account-parts.js';
import { reasonPage } from './reason-page.js';

/** Returns to the account's page, which shows the flash. */
const backWith = (flash: DeskFlash) => (accountId: string) => ({ to: accountPath(accountId), flash });

/** Another agent, or another tab, came first: the account's page says so. */
function unlessSo(accountId: string, refusal: Refusal): Answer {
	return refusal.refusal === 'already-done' ? backWith('already-so')(accountId) : refusal;
}

/** The pages of the acts that need only a reason. */
export const REASON_PAGES = [
	reasonPage({
		path: PATHS.reissue,
		words: ({ words }) => words.reissue,
		whyNot: whyNotIssued,
		act: reissueTemporaryPassword,
		done: backWith('reissued'),
		refused: unlessPast,
	}),
	reasonPage({
		path: PATHS.unlock,
		words: ({ words }) => words.help.unlock,
		act: unlockAccount,
		done: backWith('unlocked'),
		refused: unlessSo,
	}),
	reasonPage({
		path: PATHS.freeze,
		words: ({ words }) => words.help.freeze,
		danger: true,
		act: freezeAccount,
		done: backWith('frozen'),
		refused: unlessSo,
	}),
	reasonPage({
		path: PATHS.unfreeze,
		words: ({ words }) => words.help.unfreeze,
		act: unfreezeAccount,
		done: backWith('unfrozen'),
		refused: unlessSo,
	}),
	reasonPage({
		path: PATHS.endSessions,
		words: ({ words }) => words.help.endSessions,
		act: endAllSessions,
		done: backWith('sessions-ended'),
	}),
	reasonPage({
		path: PATHS.erase,
		words: ({ words }) => words.erase,
		danger: true,
		act: eraseAccount,
		done: () => ({ to: PATHS.desk, flash: 'erased' }),
	}),
];
