import { createContext, useContext } from 'react';

type Faults = readonly { pointer: string; text: string }[];

/** What the server found wrong in the form that was sent. */
export const FaultsContext = createContext<Faults>([]);

/** The message for the field at this JSON pointer; parameters of the path are named in braces. */
export function useFault(pointer: string): string | undefined {
  const faults = useContext(FaultsContext);
  const name = pointer.slice(1);
  return faults.find((each) => each.pointer === pointer || each.pointer === `{${name}}`)?.text;
}
