/** What was typed into the query, as it stands in an address: `?limit=5`; fields left empty are left out. */
export function searchOf(query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

export type Query = Readonly<Record<string, string>>;
