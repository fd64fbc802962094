/**
 * Names without repetitions: a taken one is numbered from 1 by `numbered`. What was tried is remembered, so that a
 * million equal names take a million steps.
 */
export function distinct(names: readonly string[], numbered: (name: string, n: number) => string): string[] {
  const taken = new Set<string>();
  const last = new Map<string, number>();
  return names.map((name) => {
    let free = name;
    let n = last.get(name) ?? 0;
    while (taken.has(free)) free = numbered(name, ++n);
    last.set(name, n);
    taken.add(free);
    return free;
  });
}
