import { type ComponentType, useState } from 'react';

/**
 * A component that is fetched when it is wanted, and undefined until it is there: what stands in its place stays and
 * keeps the focus, which Suspense would take from it. Where fetching fails, wanting it again tries again.
 */
export function useFetched<P>(load: () => Promise<ComponentType<P>>): [ComponentType<P> | undefined, () => void] {
  const [fetched, setFetched] = useState<ComponentType<P>>();
  return [
    fetched,
    () =>
      void load().then(
        (component) => setFetched(() => component),
        () => undefined,
      ),
  ];
}
