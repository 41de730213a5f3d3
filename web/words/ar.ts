import { en } from './en.js';
export const ar = { ...en, language: 'ar' as string, direction: 'rtl' as 'ltr' | 'rtl' };
