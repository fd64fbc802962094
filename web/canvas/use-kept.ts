import { useRef } from 'react';

/** The list as it was before when it has the same members: what is made from it is not made again. */
export function useKept<T>(list: T[]): T[] {
  const kept = useRef(list);
  if (!isSameList(kept.current, list)) kept.current = list;
  return kept.current;
}

export const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((each, index) => each === b[index]));
