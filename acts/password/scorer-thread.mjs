/*
 * Scores one password: what `acts/password/scorer.ts` runs in a thread. Plain JavaScript, because a thread loads its file by path,
 * from the sources as from `dist/`.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

const scorer = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** @param {{ text: string, words: string[] }} task */
export default function score({ text, words }) {
	const { score, sequence } = scorer.check(text, words);
	const [match] = sequence;
	// The words of the context are refused by rules of their own.
	const isListed = sequence.length === 1 && match?.pattern === 'dictionary' && match.dictionaryName !== 'userInputs';
	return { score, isListed };
}
