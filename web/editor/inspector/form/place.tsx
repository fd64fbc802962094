import { type ComponentType, createContext, useContext } from 'react';
import type { ParameterProblem } from '../../../../core/node/check.ts';
import type { FieldType } from '../../../../core/node/field.ts';
import type { KindProps } from './kind.ts';

export type Kinds = Readonly<Record<FieldType, ComponentType<KindProps>>>;

/** What the controls of one step's form share. */
export interface Place {
  kinds: Kinds;
  /** By JSON pointer. */
  problems: ReadonlyMap<string, ParameterProblem>;
  /** IANA zone of the workflow. */
  zone: string;
  onZone: (zone: string) => void;
  /** Names of files that the chosen input item has. */
  files: readonly string[];
  /** Told which control was used last: what is chosen in the data goes there. */
  onFocus: (insert: (expression: string) => void) => void;
}

const Context = createContext<Place | undefined>(undefined);

export const PlaceProvider = Context.Provider;

/** Inside a form only. */
export function usePlace(): Place {
  const place = useContext(Context);
  if (!place) throw new Error('There is no form here.');
  return place;
}
