/** Signs between whole and part, by language of the page. */
const SIGNS: Readonly<Record<string, string>> = { de: ',' };

/**
 * A number with at most one digit after the sign, as the page's language writes it. For lists that are seen first:
 * `Intl` reads all its languages before it writes the first number.
 */
export function decimalText(value: number, { isPadded = false }: { isPadded?: boolean } = {}): string {
  const written = value.toFixed(1);
  const kept = isPadded ? written : written.replace(/\.0$/, '');
  return kept.replace('.', SIGNS[globalThis.document?.documentElement.lang] ?? '.');
}
