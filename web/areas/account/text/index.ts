import { useTextsOf } from '../../../text/index.tsx';
import { de } from './de.ts';
import { en } from './en.ts';

export const useAccountTexts = () => useTextsOf({ en, de });
