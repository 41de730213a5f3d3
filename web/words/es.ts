import { en } from './en.js';
export const es = { ...en, language: 'es' as string, direction: 'ltr' as 'ltr' | 'rtl' };
