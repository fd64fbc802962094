import type { Runtime } from '../runtime.ts';
import { compileRegex, type Match, type Regex } from '../value/regex.ts';

/** A pattern compiled on first use. RE2, since the host's engine is quadratic or worse on hostile text. */
export class Pattern {
  readonly #source: string;
  readonly #flags: string;
  #compiled: Regex | undefined;
  constructor(source: string, flags = 'i') {
    this.#source = source;
    this.#flags = flags;
  }
  get regex(): Regex {
    return (this.#compiled ??= compileRegex(this.#source, this.#flags)).fresh();
  }
  find(rt: Runtime, text: string): Match | undefined {
    rt.charge(16);
    return this.regex.match(rt, text, 0);
  }
}

const LABEL = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?';
const HOST = `(?:${LABEL}\\.)+(?:xn--[a-z0-9-]+|[a-z]{2,})`;
const IPV4 = '[0-9]{1,3}(?:\\.[0-9]{1,3}){3}';

export const EMAIL = new Pattern(`[a-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${HOST}`);
export const WHOLE_EMAIL = new Pattern(`^[a-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${HOST}$`);
export const URL_TEXT = new Pattern(`(?:https?|ftp)://[^\\s/?#"'<>]+[^\\s"'<>]*`);
export const WHOLE_URL = new Pattern(
  `^(?:https?|ftps?)://(?:[^\\s/?#@]+@)?(?:${HOST}|${LABEL}|${IPV4}|\\[[0-9a-f:.]+\\])(?::[0-9]{1,5})?(?:[/?#]\\S*)?$`,
);
export const WHOLE_DOMAIN = new Pattern(`^(?:${HOST}|${IPV4})(?::[0-9]{1,5})?$`);
/** Group 1 is the host of a URL or of an e-mail address. */
export const DOMAIN = new Pattern(
  `(?:[a-z][a-z0-9+.-]*:)?//(?:[^\\s/?#@]*@)?(${HOST}|${IPV4}|${LABEL})|(?:^|[\\s:@(<])(${HOST})(?:[\\s/?#:,;)>]|\\.?$|\\.\\s)`,
);
export const TAG = new Pattern('<[^>]*>', 'g');

/** Markdown to plain text, in the order they are applied. */
export const MARKDOWN: readonly (readonly [Pattern, string])[] = [
  [new Pattern('^[ \\t]*(?:[-*_][ \\t]*){3,}$', 'gm'), ''],
  [new Pattern('^[ \\t]*(?:[*+-]|[0-9]+\\.)[ \\t]+', 'gm'), ''],
  [new Pattern('^[ \\t]*(?:```|~~~).*$', 'gm'), ''],
  [new Pattern('<[^>]*>', 'g'), ''],
  [new Pattern('^[=-]{2,}[ \\t]*$', 'gm'), ''],
  [new Pattern('!\\[([^\\]]*)\\]\\([^)]*\\)', 'g'), '$1'],
  [new Pattern('\\[([^\\]]*)\\]\\([^)]*\\)', 'g'), '$1'],
  [new Pattern('^[ \\t]*>[ \\t]?', 'gm'), ''],
  [new Pattern('^[ \\t]*#{1,6}[ \\t]+(.*?)[ \\t]*#*[ \\t]*$', 'gm'), '$1'],
  [new Pattern('(\\*\\*\\*|___)([^*_]+)(\\*\\*\\*|___)', 'g'), '$2'],
  [new Pattern('(\\*\\*|__)([^*_]+)(\\*\\*|__)', 'g'), '$2'],
  [new Pattern('\\*([^*\\n]+)\\*', 'g'), '$1'],
  [new Pattern('\\b_([^_\\n]+)_\\b', 'g'), '$1'],
  [new Pattern('~~([^~]+)~~', 'g'), '$1'],
  [new Pattern('`([^`\\n]+)`', 'g'), '$1'],
];
