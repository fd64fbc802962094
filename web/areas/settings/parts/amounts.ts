import { durationText } from '../../../ui/time.tsx';

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const MANY = 100_000;

/** An amount of a meter with its unit: `1,204`, `3.4 MB`, `12.5 s`. */
export function amountText(meter: string, value: number, locale: string): string {
  if (meter === 'cpuMs') return durationText(value);
  if (!meter.endsWith('Bytes')) {
    return new Intl.NumberFormat(locale, {
      maximumFractionDigits: value >= MANY ? 1 : 0,
      notation: value >= MANY ? 'compact' : 'standard',
    }).format(value);
  }
  const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: BYTE_UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(value / 1_000 ** step);
}
