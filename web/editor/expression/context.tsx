import { createContext, useContext } from 'react';
import type { Preview } from './preview.ts';
import type { Sample } from './sample.ts';

/** What expressions of the step being edited are tried out with. */
export interface ExpressionContext {
  preview: Preview;
  sample: Sample;
  /** Which input item. */
  item: number;
}

const Context = createContext<ExpressionContext | undefined>(undefined);

export const ExpressionProvider = Context.Provider;
export const useExpressions = (): ExpressionContext | undefined => useContext(Context);
