import { toBase64 } from '../../../core/data/base64.ts';
import type { Workflow } from '../../../core/graph/document.ts';

interface Call {
  url: string;
  method: string;
  headers: [name: string, value: string][];
  body: string | undefined;
}

/** Flags of curl that take a value and say nothing about the request. */
const SILENT_WITH_VALUE = new Set(['-o', '--output', '-m', '--max-time', '--connect-timeout', '--retry', '-w']);

/** A workflow of a manual trigger and the HTTP request that a curl command makes; undefined when it is none. */
export function curlWorkflow(text: string): Workflow | undefined {
  const call = parseCurl(text);
  if (!call) return undefined;
  const isJson = call.headers.some(([name, value]) => /^content-type$/i.test(name) && /json/i.test(value));
  const pairs = call.headers.map(([name, value]) => ({ name, value }));
  const body =
    call.body === undefined
      ? {}
      : isJson
        ? { sendBody: true, specifyBody: 'json', jsonBody: call.body }
        : { sendBody: true, contentType: 'raw', rawContentType: 'application/x-www-form-urlencoded', body: call.body };
  const node = { version: 1, parameters: {} };
  return {
    schema: 1,
    name: `${call.method} ${hostOf(call.url)}`,
    nodes: [
      { ...node, id: 'start', name: 'Start', type: 'manual', position: [0, 0] },
      {
        ...node,
        id: 'request',
        name: 'HTTP Request',
        type: 'http-request',
        version: 4.2,
        position: [240, 0],
        parameters: {
          method: call.method,
          url: call.url,
          ...(pairs.length > 0 ? { sendHeaders: true, headerParameters: { parameters: pairs } } : {}),
          ...body,
        },
      },
    ],
    edges: [{ from: { node: 'start', port: 'main', index: 0 }, to: { node: 'request', port: 'main', index: 0 } }],
    settings: {},
    notes: [],
    pinned: [],
  };
}

function parseCurl(text: string): Call | undefined {
  const words = shellWords(text.trim());
  if (words[0] !== 'curl') return undefined;
  const call: Call = { url: '', method: '', headers: [], body: undefined };
  for (let at = 1; at < words.length; at++) {
    const [word = '', glued] = splitFlag(words[at] ?? '');
    const value = (): string => glued ?? words[++at] ?? '';
    if (word === '-X' || word === '--request') call.method = value().toUpperCase();
    else if (word === '-H' || word === '--header') addHeader(call, value());
    else if (word === '-u' || word === '--user') call.headers.push(['Authorization', basic(value())]);
    else if (word === '--url') call.url = value();
    else if (word === '--json') {
      call.body = value();
      call.headers.push(['Content-Type', 'application/json']);
    } else if (word === '-d' || word.startsWith('--data')) call.body = [call.body, value()].filter(Boolean).join('&');
    else if (SILENT_WITH_VALUE.has(word)) value();
    else if (!word.startsWith('-') && call.url === '') call.url = word;
  }
  if (call.url === '') return undefined;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(call.url)) call.url = `https://${call.url}`;
  if (call.method === '') call.method = call.body === undefined ? 'GET' : 'POST';
  return call;
}

const basic = (pair: string): string => `Basic ${toBase64(new TextEncoder().encode(pair))}`;

/** `-XPOST` and `--request=POST` carry their value. */
function splitFlag(word: string): [flag: string, value?: string] {
  const long = /^(--[a-z-]+)=([^]*)$/.exec(word);
  if (long?.[1] !== undefined && long[2] !== undefined) return [long[1], long[2]];
  const short = /^(-[XHdu])([^]+)$/.exec(word);
  return short?.[1] !== undefined && short[2] !== undefined ? [short[1], short[2]] : [word];
}

function addHeader(call: Call, line: string): void {
  const colon = line.indexOf(':');
  if (colon > 0) call.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
}

const hostOf = (url: string): string => {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', "'": "'", '"': '"', '\\': '\\' };

/** Words of a POSIX command line: quotes, `$'…'`, escapes and continued lines. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === "'" || (char === '$' && text[at + 1] === "'")) {
      const isAnsi = char === '$';
      if (isAnsi) at++;
      word ??= '';
      for (at++; at < text.length && text[at] !== "'"; at++) {
        word += isAnsi && text[at] === '\\' ? (ESCAPES[text[++at] ?? ''] ?? text[at] ?? '') : text[at];
      }
    } else if (char === '"') {
      word ??= '';
      for (at++; at < text.length && text[at] !== '"'; at++) word += text[at] === '\\' ? (text[++at] ?? '') : text[at];
    } else if (char === '\\') {
      at++;
      if (text[at] !== '\n' && text[at] !== '\r') word = (word ?? '') + (text[at] ?? '');
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}
