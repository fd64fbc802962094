import { useTextsOf } from '../../../text/index.tsx';
import { de } from './de.ts';
import { en } from './en.ts';

export type SettingsTexts = typeof en;
export const useSettingsTexts = (): SettingsTexts => useTextsOf({ en, de });
