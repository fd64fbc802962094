/** Enough for agencies, few enough that a script does not fill the deployment. */
export const MAX_OWNED = 20;
const MAX_SLUG_CHARS = 30;

/** An id for an organisation: its name as far as that can be, and something nobody else has. */
export function idFrom(name: string, random: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_CHARS)
    .replaceAll(/^-+|-+$/g, '');
  return `${slug || 'org'}-${random}`;
}
