import { en } from './en.js';
import type { DeskWords } from './words.js';

export const pt: DeskWords = en;
