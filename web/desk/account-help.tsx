import { endAllSessions, freezeAccount, unfreezeAccount, unlockAccount } from '../../acts/accounts/help.js';
import type { Api } from '../../acts/context.js';
import type { AgentCall } from '../../acts/door/caller.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Answer } from '../kit/page.js';
import { accountPath, PATHS, type Path } from '../kit/paths.js';
import type { ReasonedActWords } from '../words/desk/words.js';
import type { DeskFlash } from '../words/flashes.js';
import { aboutAccount, nameOf, reasonView } from './account-acts.js';
import { readWhy } from './person-form.js';
import { agentCall, type Desk, type DeskPage } from './section.js';

interface Help {
	path: Path;
	words: (desk: Desk) => ReasonedActWords;
	danger?: boolean;
	act: (api: Api, call: AgentCall, about: { accountId: string; reason: string }) => Promise<unknown>;
	/** What the account's page says afterwards. */
	flash: DeskFlash;
}

/** A page that helps one user, after a reason was given. */
function helpPage({ path, words, danger = false, act, flash }: Help): DeskPage {
	return {
		path,
		show: (desk, entry) =>
			aboutAccount(desk, (account) => {
				const { lead, ...rest } = words(desk);
				return reasonView(desk, account, entry, { ...rest, lead: lead(nameOf(desk, account)), danger });
			}),
		acts: {
			go: {
				run: async (desk, fields): Promise<Answer> => {
					const why = readWhy(fields);
					if (isRefusal(why)) return why;
					const accountId = desk.params.accountId ?? '';
					const answer = await act(desk.api, agentCall(desk), { accountId, reason: why.reason });
					return isRefusal(answer) ? unlessSo(accountId, answer) : { to: accountPath(accountId), flash };
				},
			},
		},
	};
}

/** Another agent, or another tab, came first: the account's page says so. */
function unlessSo(accountId: string, refusal: Refusal): Answer {
	return refusal.refusal === 'already-done' ? { to: accountPath(accountId), flash: 'already-so' } : refusal;
}

export const HELP_PAGES: readonly DeskPage[] = [
	helpPage({ path: PATHS.unlock, words: ({ words }) => words.help.unlock, act: unlockAccount, flash: 'unlocked' }),
	helpPage({
		path: PATHS.freeze,
		words: ({ words }) => words.help.freeze,
		danger: true,
		act: freezeAccount,
		flash: 'frozen',
	}),
	helpPage({
		path: PATHS.unfreeze,
		words: ({ words }) => words.help.unfreeze,
		act: unfreezeAccount,
		flash: 'unfrozen',
	}),
	helpPage({
		path: PATHS.endSessions,
		words: ({ words }) => words.help.endSessions,
		act: endAllSessions,
		flash: 'sessions-ended',
	}),
];
