/** A recorded value: JSON, with wrappers for what JSON has not. */
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const membersOf = (value: Record<string, unknown>): string[] =>
  Object.keys(value).filter((key) => value[key] !== undefined);

/**
 * Where two values differ, as a path with both values; undefined when they are equal. A member that is undefined is
 * the same as none, as recorded assertions take it.
 */
export function difference(got: unknown, wanted: unknown, at = ''): string | undefined {
  if (Object.is(got, wanted) || (got === 0 && wanted === 0)) return undefined;
  const differs = (): string => `${at || 'value'}: ${show(got)} instead of ${show(wanted)}`;
  if (!isObject(got) || !isObject(wanted) || Array.isArray(got) !== Array.isArray(wanted)) return differs();
  if (Array.isArray(got) && Array.isArray(wanted)) {
    if (got.length !== wanted.length) return `${at || 'list'}: ${got.length} entries instead of ${wanted.length}`;
    for (let index = 0; index < got.length; index++) {
      const found = difference(got[index], wanted[index], `${at}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const key of new Set([...membersOf(got), ...membersOf(wanted)])) {
    const mine = Object.hasOwn(got, key) ? got[key] : undefined;
    const theirs = Object.hasOwn(wanted, key) ? wanted[key] : undefined;
    const found = difference(mine, theirs, at === '' ? key : `${at}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value short enough for a line. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
