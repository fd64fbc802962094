import type { Json } from '../data/item.ts';

export const HIDDEN = '[hidden]';

/** Keys whose values are secrets, wherever the words stand in them: `x-api-key`, `clientSecret`, `db_password`. */
const SECRET_KEY =
  /passw|passphrase|secret|token|api[-_ ]?key|authori[sz]ation|cookie|private[-_ ]?key|credential|signature|session[-_ ]?id|\bpwd\b|\bpin\b|\botp\b/i;

/** What is a secret by its form. Each quantifier is delimited by what may not follow it: linear. */
const FORMS: readonly [RegExp, string][] = [
  // addresses that continue a run
  [/\/waiting\/[\w-]{1,100}\/run_\w{1,80}\/[\w-]{1,100}(?:\.[\w-]{1,100})?/g, `/waiting/${HIDDEN}`],
  // looked for where three parts stand only, else each `eyJ-` of a run of them reads it to its end again
  [/(?<![\w-])(?=[\w-]+\.[\w-]{4,}\.[\w-]{4,})([\w-]*?)\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]{4,}/g, `$1${HIDDEN}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z ]{0,40}-----|$)/g, HIDDEN],
  [/\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs]|shpat|whsec|mr)[-_][\w-]{12,}/g, HIDDEN],
  [/\bAKIA[A-Z0-9]{16}\b/g, HIDDEN],
  [/([?&#](?:[\w-]{0,40}(?:token|key|secret|signature|password|code)|sig)=)[^&\s"'<>]+/gi, `$1${HIDDEN}`],
  [/(\w:\/\/)[^\s/@"'<>:]{0,200}:[^\s/@"'<>]{1,200}@/g, `$1${HIDDEN}@`],
  // JSON in a text
  [
    /("[\w-]{0,40}(?:passw|secret|token|api[-_]?key|authorization|cookie)[\w-]{0,40}"\s*:\s*)"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)/gi,
    `$1"${HIDDEN}"`,
  ],
];

/** A secret that begins in what is shown is read this far beyond it: cut, it would not look like one. */
const BEYOND_CHARS = 10_000;

/** At most `maxChars` of a text, without what reads like a secret. More than megabytes would be too deep for the expressions. */
export function redactText(text: string, maxChars: number): string {
  let clean = text.slice(0, maxChars + BEYOND_CHARS);
  for (const [form, instead] of FORMS) clean = clean.replaceAll(form, instead);
  return cut(clean, maxChars);
}

const cut = (text: string, maxChars: number): string => (text.length > maxChars ? `${text.slice(0, maxChars)}…` : text);

/** JSON text of a value, at most `maxChars` of it, with secrets hidden by key and by form. */
export function redacted(value: Json, maxChars: number): string {
  const text = JSON.stringify(
    value,
    (key, each: unknown) => {
      const isNothing = each === null || each === '' || typeof each === 'boolean';
      if (!isNothing && SECRET_KEY.test(key)) return HIDDEN;
      return typeof each === 'string' ? redactText(each, maxChars) : each;
    },
    2,
  );
  return cut(text, maxChars);
}
