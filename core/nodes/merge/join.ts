import type { Item } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';

/** Joins items of all inputs; missing inputs are empty lists. */
export type Join = (inputs: readonly (readonly Item[])[], scope: Scope) => Item[];

export interface Mode {
  join: Join;
  /** Cannot do anything until every input fired. */
  waitsForAll?: boolean;
}
