import { MAX_NAME_BYTES } from '../../graph/limits.ts';

/** UTF-8 spends at most 3 bytes on a UTF-16 unit; room is left for a number behind the name. */
const MAX_UNITS = Math.floor(MAX_NAME_BYTES / 3) - 12;
const utf8 = new TextEncoder();

/** Whether `text` may be a name, id, type or port of ours. */
export function fitsName(text: string): boolean {
  if (text === '' || text.length > MAX_NAME_BYTES) return false;
  return text.length <= MAX_UNITS || utf8.encode(text).length <= MAX_NAME_BYTES;
}

/** `text` if it fits a name of ours, else its beginning. */
export function cutName(text: string): string {
  return fitsName(text) ? text : beginning(text);
}

function beginning(text: string): string {
  const start = text.slice(0, MAX_UNITS);
  const last = start.charCodeAt(start.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? start.slice(0, -1) : start;
}

/** Hands out names as an editor does: `Set`, `Set1`, `Set2`. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  take(name: string): boolean {
    if (this.#taken.has(name)) return false;
    this.#taken.add(name);
    return true;
  }

  /** `wanted`, or with the next free number in place of its own. */
  unique(wanted: string): string {
    if (this.take(wanted)) return wanted;
    const digits = /\d{1,9}$/.exec(wanted)?.[0] ?? '';
    const base = beginning(wanted.slice(0, wanted.length - digits.length));
    let number = this.#next.get(base) ?? (digits === '' ? 1 : Number(digits) + 1);
    while (!this.take(`${base}${number}`)) number++;
    this.#next.set(base, number + 1);
    return `${base}${number}`;
  }
}

/** `n8n-nodes-base.httpRequest` → `Http Request`: what to call a node whose file does not say. */
export function titleOf(type: string): string {
  const tail = type.slice(type.lastIndexOf('.') + 1);
  const words = tail.replace(/([a-z])([A-Z])/g, '$1 $2').trim();
  return words === '' ? 'Node' : cutName(words.charAt(0).toUpperCase() + words.slice(1));
}
