/** One call of user code. Data stays JSON text from the core to the isolate: nothing on the way parses it. */
export interface CodeCall {
  /** Names the cached isolate: tenant and hash of the code; of Python, the tenant. */
  id: string;
  language: CodeLanguage;
  code: string;
  /** JSON text of `CallMeta`, the items and the data of other nodes. */
  meta: string;
  items: string;
  nodes: string;
  limitMs: number;
  /** Under this name the code's wishes are answered while it runs; absent: it has none. */
  wishes?: string;
}

export type CodeLanguage = 'javascript' | 'python';

/** `shared`: beside others. `exclusive`: alone, so that a host that dies points at the culprit. */
export type Lane = 'shared' | 'exclusive';

/** JSON text has no raw newline, so one separates the parts of a frame. The code goes last and may hold any. */
export function encodeCall({ code, meta, items, nodes, ...head }: CodeCall): string {
  return `${JSON.stringify(head)}\n${meta}\n${items}\n${nodes}\n${code}`;
}

/** @throws Error on a frame with missing parts. */
export function decodeCall(frame: string): CodeCall {
  const parts: string[] = [];
  let from = 0;
  for (let index = 0; index < 4; index++) {
    const to = frame.indexOf('\n', from);
    if (to < 0) throw new Error('Bad code frame');
    parts.push(frame.slice(from, to));
    from = to + 1;
  }
  const [head = '{}', meta = '', items = '', nodes = ''] = parts;
  const about = JSON.parse(head) as Pick<CodeCall, 'id' | 'language' | 'limitMs' | 'wishes'>;
  return { ...about, meta, items, nodes, code: frame.slice(from) };
}

/** The answer to a call with wishes is lines: any number of wishes, then the code's answer. */
export const wishLine = (number: number, request: string): string => `?${number} ${request}\n`;
export const answerLine = (text: string): string => `=${text}\n`;

export type Line = { wish: number; request: string } | { answer: string };

/** @throws Error on anything else than the two above. */
export function readLine(line: string): Line {
  if (line.startsWith('=')) return { answer: line.slice(1) };
  const at = line.indexOf(' ');
  const wish = Number(line.slice(1, at));
  if (!line.startsWith('?') || at < 0 || !Number.isInteger(wish)) throw new Error('Bad line of a code host');
  return { wish, request: line.slice(at + 1) };
}
