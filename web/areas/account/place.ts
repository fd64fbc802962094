import { useSyncExternalStore } from 'react';
import { DOOR_PATHS, type DoorPath } from '../../session/door-paths.ts';

const isDoor = (path: string): path is DoorPath => (DOOR_PATHS as readonly string[]).includes(path);
const CHANGED = 'millrace:door';

/** Where somebody goes once they are in: what they asked for first. */
let wanted = isDoor(location.pathname) ? '/' : location.pathname + location.search;

export const wantedPath = (): string => wanted;

/** Leaves the door's own addresses, for the one that was asked for. */
export function leaveDoor(): void {
  if (isDoor(location.pathname)) history.replaceState(null, '', wanted);
  wanted = '/';
}

export function goTo(path: DoorPath): void {
  if (!isDoor(location.pathname)) wanted = location.pathname + location.search;
  history.pushState(null, '', path);
  dispatchEvent(new Event(CHANGED));
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('popstate', listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(CHANGED, listener);
  };
};

export function useDoorPath(): DoorPath {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return isDoor(path) ? path : '/sign-in';
}
