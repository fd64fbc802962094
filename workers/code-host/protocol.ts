/** One call of user code. Data stays JSON text from the core to the isolate: nothing on the way parses it. */
export interface CodeCall {
  /** Names the cached isolate: tenant and hash of the code. */
  id: string;
  code: string;
  /** JSON text of `CallMeta`, the items and the data of other nodes. */
  meta: string;
  items: string;
  nodes: string;
  limitMs: number;
}

/** `shared`: beside others. `exclusive`: alone, so that a host that dies points at the culprit. */
export type Lane = 'shared' | 'exclusive';

/** JSON text has no raw newline, so one separates the parts of a frame. The code goes last and may hold any. */
export function encodeCall(call: CodeCall): string {
  return `${JSON.stringify({ id: call.id, limitMs: call.limitMs })}\n${call.meta}\n${call.items}\n${call.nodes}\n${call.code}`;
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
  const { id, limitMs } = JSON.parse(head) as { id: string; limitMs: number };
  return { id, limitMs, meta, items, nodes, code: frame.slice(from) };
}
