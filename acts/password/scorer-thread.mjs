/*
 * Scores one password, in a thread that `acts/password/scorer.ts` starts. It is plain JavaScript because a thread loads its
 * file by path, both from the sources and from `dist/`.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

const scorer = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** @param {{ text: string, words: string[] }} task */
export default function score({ text, words }) {
	const { score, sequence } = scorer.check(text, words);
	const [match] = sequence;
	// Rules of the domain refuse the words of the context.
	const isListed = sequence.length === 1 && match?.pattern === 'dictionary' && match.dictionaryName !== 'userInputs';
	return { score, isListed };
}
