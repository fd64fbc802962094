/** One thing wrong (or doubtful) with a document. Codes are kebab-case and stable; messages may change. */
export interface Problem {
  /** JSON pointer (RFC 6901) to the value; '' is the whole document. */
  path: string;
  code: string;
  message: string;
  /** What to do next. */
  hint?: string;
  severity: 'error' | 'warning';
}

/** A hostile document has as many faults as bytes: after this many the rest are counted, not listed. */
export const MAX_PROBLEMS = 1_000;

/** Keys and names are quoted in messages; a megabyte of them helps nobody. */
const MAX_QUOTED = 80;

/** Collects every fault instead of stopping at the first. */
export class ProblemList {
  readonly errors: Problem[] = [];
  readonly warnings: Problem[] = [];
  #unlistedErrors = 0;
  #unlistedWarnings = 0;

  get failed(): boolean {
    return this.errors.length > 0;
  }

  error(path: string, code: string, message: string, hint?: string): void {
    if (this.errors.length >= MAX_PROBLEMS) this.#unlistedErrors++;
    else this.errors.push(problem({ path, code, message, hint, severity: 'error' }));
  }

  warn(path: string, code: string, message: string, hint?: string): void {
    if (this.warnings.length >= MAX_PROBLEMS) this.#unlistedWarnings++;
    else this.warnings.push(problem({ path, code, message, hint, severity: 'warning' }));
  }

  add(found: Problem): void {
    if (found.severity === 'error') this.error(found.path, found.code, found.message, found.hint);
    else this.warn(found.path, found.code, found.message, found.hint);
  }

  /** Errors, with a last entry that counts those left out. */
  listErrors(): Problem[] {
    return [...this.errors, ...more(this.#unlistedErrors, 'error')];
  }

  listWarnings(): Problem[] {
    return [...this.warnings, ...more(this.#unlistedWarnings, 'warning')];
  }
}

/** `key` as one JSON pointer segment, cut when absurdly long. */
export function pointer(base: string, key: string | number): string {
  if (typeof key === 'number') return `${base}/${key}`;
  const clipped = clip(key);
  return `${base}/${/[~/]/.test(clipped) ? clipped.replaceAll('~', '~0').replaceAll('/', '~1') : clipped}`;
}

/** Text as it may appear inside a message. */
export function quote(text: string): string {
  return `"${clip(text)}"`;
}

function clip(text: string): string {
  return text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED)}…`;
}

function problem(found: Omit<Problem, 'hint'> & { hint: string | undefined }): Problem {
  const { hint, ...rest } = found;
  return hint === undefined ? rest : { ...rest, hint };
}

function more(count: number, severity: Problem['severity']): Problem[] {
  if (count === 0) return [];
  return [{ path: '', code: 'too-many-problems', message: `${count} more of the same kind are not listed.`, severity }];
}
