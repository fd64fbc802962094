/** `7@staging` is version 7 in staging; no environment is production; a draft has its hash after a colon. */
export function versionParts(reference: string): { number: number | undefined; environment: string | undefined } {
  const [version = '', environment] = reference.split('@');
  return { number: /^[1-9][0-9]*$/.test(version) ? Number(version) : undefined, environment };
}

interface Words {
  draft: string;
  version: string;
}

/** As people say it: `Version 7 · staging`, `Draft`. */
export function versionText(reference: string, { draft, version }: Words): string {
  const { number, environment } = versionParts(reference);
  return [number === undefined ? draft : `${version} ${number}`, environment].filter(Boolean).join(' · ');
}
