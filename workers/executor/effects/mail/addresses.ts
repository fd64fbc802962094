import { NodeError } from '../../../../core/node/kit.ts';

export interface Address {
  name: string;
  email: string;
}

/**
 * Reads addresses as people write them, separated by commas or semicolons: `a@b.c`, `<a@b.c>`, `Ada <a@b.c>`,
 * `"Lovelace, Ada" <a@b.c>`, `"KlickTipp team" a@b.c`. @throws NodeError `bad-address`.
 */
export function readAddresses(text: string, label: string): Address[] {
  const found: Address[] = [];
  for (const part of split(text)) {
    const quoted = /^"((?:[^"\\]|\\.)*)"\s*<?([^<>"]*)>?$/.exec(part);
    const angled = /^([^<>]*)<([^<>]*)>$/.exec(part);
    const name = (quoted ? (quoted[1] ?? '').replaceAll(/\\(.)/g, '$1') : (angled?.[1] ?? '')).trim();
    const email = (quoted?.[2] ?? angled?.[2] ?? part).trim();
    if (!isEmail(email)) {
      throw new NodeError('bad-address', `The "${label}" address ${JSON.stringify(part.slice(0, 200))} is none.`);
    }
    found.push({ name, email });
  }
  return found;
}

/** Deliberately wide: the server decides who exists. It only may not break out of an SMTP command. */
const isEmail = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- these would end the command
  text.length <= 320 && /^[^\s<>@,;"\\\u0000-\u001f\u007f]+@[^\s<>@,;"\\\u0000-\u001f\u007f]+$/.test(text);

function split(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quoted && char === '\\') part += char + (text[++at] ?? '');
    else if (char === '"') {
      quoted = !quoted;
      part += char;
    } else if (!quoted && (char === ',' || char === ';')) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part].map((each) => each.trim()).filter(Boolean);
}
