import { chosenZone } from '../text/zone.ts';

/** A moment in a person's zone, undefined being the browser's, with the zone said: `21 Nov 2026, 14:03:07 CET`. */
export const momentText = (atMs: number, { locale, zone }: { locale: string; zone: string | undefined }): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  }).format(atMs);

/** Name of the zone that moments are shown and typed in: what was chosen, else the browser's. `Europe/Berlin`. */
export const ownZone = (zone = chosenZone()): string => zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
