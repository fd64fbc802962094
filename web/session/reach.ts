import { useSyncExternalStore } from 'react';

const LOOK_MS = 3_000;

let isReached = navigator.onLine;
/** How often the server was lost. */
let losses = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function put(next: boolean): void {
  if (!next) losses++;
  if (next === isReached) return;
  isReached = next;
  clearInterval(timer);
  // pages ask again in their own time; what says that nothing answers must not wait for them
  timer = next ? undefined : setInterval(() => void look(), LOOK_MS);
  for (const listener of listeners) listener();
}

const look = (): Promise<void> =>
  fetch('/mark.svg', { method: 'HEAD', cache: 'no-store' }).then(
    () => put(true),
    () => undefined,
  );

addEventListener('online', () => void look());
addEventListener('offline', () => put(false));

/** Passes a request through, and notes whether the server was reached: a machine may be online and the server not there. */
export async function noted(request: Promise<Response>): Promise<Response> {
  const before = losses;
  try {
    const response = await request;
    // what was asked before the server was lost says nothing about now, and nobody may ask again for long
    if (losses === before) put(true);
    return response;
  } catch (error) {
    // who gave up a request has learnt nothing
    if (!(error instanceof DOMException && error.name === 'AbortError')) put(false);
    throw error;
  }
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsReached = (): boolean => useSyncExternalStore(subscribe, () => isReached);
