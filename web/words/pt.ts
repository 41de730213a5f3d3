import { en } from './en.js';
export const pt = { ...en, language: 'pt' as string, direction: 'ltr' as 'ltr' | 'rtl' };
