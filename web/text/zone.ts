const STORED = 'millrace.zone';
const listeners = new Set<() => void>();

/** Whether this browser can write moments of a zone; an address or another version may have left anything. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

function stored(): string | undefined {
  // in a worker or a test there is none
  const zone = globalThis.localStorage?.getItem(STORED) ?? '';
  return isZone(zone) ? zone : undefined;
}

let known: { zone: string | undefined } | undefined;

/** The zone somebody chose for all moments that are shown and typed; undefined: the browser's. */
export const chosenZone = (): string | undefined => (known ??= { zone: stored() }).zone;

/** `undefined`: the browser's again. Everything shown follows. */
export function chooseZone(zone: string | undefined): void {
  if (zone === undefined) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, zone);
  known = { zone };
  for (const listener of listeners) listener();
}

/** Told when it is chosen anew, also in another tab. */
export function watchZone(listener: () => void): () => void {
  const elsewhere = ({ key }: StorageEvent): void => {
    if (key !== STORED) return;
    known = undefined;
    listener();
  };
  listeners.add(listener);
  addEventListener('storage', elsewhere);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', elsewhere);
  };
}

/** Every zone this browser knows, and UTC, by name. */
export const zoneNames = (): string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
