import { useSyncExternalStore } from 'react';
import { DOOR_PATHS, type DoorPath } from '../../session/door-paths.ts';

const isDoor = (path: string): path is DoorPath => (DOOR_PATHS as readonly string[]).includes(path);
const CHANGED = 'millrace:door';

/** With what the address points at within the page, such as a step. */
const here = (): string => location.pathname + location.search + location.hash;

/** What the server lets links in mails take along is 500 with the rest. */
const MAX_TAKEN_CHARS = 400;

/** What a link in a mail took along: a path of this address that is no door, and nothing else, whoever wrote the link. */
function taken(): string {
  const to = new URLSearchParams(location.search).get('to');
  if (to === null || !URL.canParse(to, location.origin)) return '/';
  const { origin, pathname, search, hash } = new URL(to, location.origin);
  // `//` would be another address again
  if (origin !== location.origin || pathname.startsWith('//') || isDoor(pathname)) return '/';
  return pathname + search + hash;
}

/** Where somebody goes once they are in: what they asked for first. */
let wanted = isDoor(location.pathname) ? taken() : here();

export const wantedPath = (): string => wanted;

/** Where the link in the mail of a sign-up leads; it may be opened in another tab, so what was asked for goes along. */
export function confirmedPath(token: string | null): string {
  const to = wanted === '/' ? '' : encodeURIComponent(wanted);
  const along = to !== '' && to.length <= MAX_TAKEN_CHARS ? `&to=${to}` : '';
  return `/sign-in?verified=1${along}${token === null ? '' : `#invitation=${token}`}`;
}

/** Leaves the door's own addresses, for the one that was asked for. */
export function leaveDoor(): void {
  if (isDoor(location.pathname)) history.replaceState(null, '', wanted);
  wanted = '/';
}

export function goTo(path: DoorPath): void {
  if (!isDoor(location.pathname)) wanted = here();
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
