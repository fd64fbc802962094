/** Does it with each, so many at a time: most of what tests do is waiting for servers. */
export async function everyOf<T>(all: readonly T[], atOnce: number, act: (each: T) => Promise<unknown>): Promise<void> {
  const rest = [...all];
  const lane = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
