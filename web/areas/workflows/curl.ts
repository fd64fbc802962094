import { toBase64 } from '../../../core/data/base64.ts';
import type { JsonObject } from '../../../core/data/item.ts';
import type { Workflow } from '../../../core/graph/document.ts';

interface Call {
  url: string;
  method: string;
  headers: [name: string, value: string][];
  body: string | undefined;
  /** Of `-F`; a file is not here, only its name: it is taken from the item. */
  parts: { name: string; value: string; isFile: boolean }[];
  /** `-G`: what would be the body goes into the address. */
  isQuery: boolean;
}

/** Flags of curl that take a value and say nothing about the request, or nothing that a node can do. */
const SILENT_WITH_VALUE = new Set(
  (
    '-o --output -m --max-time --connect-timeout --retry --retry-delay --retry-max-time --max-redirs -w --write-out ' +
    '-x --proxy -U --proxy-user --cacert --capath -E --cert --cert-type --key --key-type --pass --ciphers -c --cookie-jar ' +
    '-D --dump-header -r --range -C --continue-at -K --config -z --time-cond --resolve --connect-to ' +
    '--interface --limit-rate --unix-socket'
  ).split(' '),
);

/** Flags that are a header, by its name. */
const HEADER_FLAGS: Readonly<Record<string, string>> = {
  '-A': 'User-Agent',
  '--user-agent': 'User-Agent',
  '-b': 'Cookie',
  '--cookie': 'Cookie',
  '-e': 'Referer',
  '--referer': 'Referer',
};

/** Text as it stands: what begins with `=` would be an expression, and what somebody pasted is no code. */
const literal = (text: string): string =>
  text.startsWith('=') ? `={{ ${JSON.stringify(text).replaceAll('}', '\\u007d')} }}` : text;

/** A workflow of a manual trigger and the HTTP request that a curl command makes; undefined when it is none. */
export function curlWorkflow(text: string): Workflow | undefined {
  const call = parseCurl(text);
  if (!call) return undefined;
  const isJson = call.headers.some(([name, value]) => /^content-type$/i.test(name) && /json/i.test(value));
  const pairs = call.headers.map(([name, value]) => ({ name: literal(name), value: literal(value) }));
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
          method: literal(call.method),
          url: literal(call.url),
          ...(pairs.length > 0 ? { sendHeaders: true, headerParameters: { parameters: pairs } } : {}),
          ...bodyOf(call, isJson),
        },
      },
    ],
    edges: [{ from: { node: 'start', port: 'main', index: 0 }, to: { node: 'request', port: 'main', index: 0 } }],
    settings: {},
    notes: [],
    pinned: [],
  };
}

function bodyOf({ body, parts }: Call, isJson: boolean): JsonObject {
  if (parts.length > 0) {
    const parameters = parts.map(({ name, value, isFile }) => ({
      name: literal(name),
      ...(isFile
        ? { parameterType: 'formBinaryData', inputDataFieldName: literal(name) }
        : { parameterType: 'formData', value: literal(value) }),
    }));
    return { sendBody: true, contentType: 'multipart-form-data', bodyParameters: { parameters } };
  }
  if (body === undefined) return {};
  if (isJson) return { sendBody: true, specifyBody: 'json', jsonBody: literal(body) };
  const rawContentType = 'application/x-www-form-urlencoded';
  return { sendBody: true, contentType: 'raw', rawContentType, body: literal(body) };
}

function parseCurl(text: string): Call | undefined {
  // first: what is no command may be megabytes of JSON
  if (!/^\s*curl\s/.test(text)) return undefined;
  const words = shellWords(text.trim());
  const call: Call = { url: '', method: '', headers: [], body: undefined, parts: [], isQuery: false };
  const add = (piece: string): void => void (call.body = [call.body, piece].filter(Boolean).join('&'));
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
    } else if (word === '--data-urlencode') add(urlEncoded(value()));
    else if (word === '-d' || word.startsWith('--data')) add(value());
    else if (word === '-F' || word.startsWith('--form')) call.parts.push(partOf(value(), word === '--form-string'));
    else if (word === '-G' || word === '--get') call.isQuery = true;
    else if (word === '-I' || word === '--head') call.method = 'HEAD';
    else if (word === '-T' || word === '--upload-file') {
      value();
      call.method ||= 'PUT';
    } else if (word === '--oauth2-bearer') call.headers.push(['Authorization', `Bearer ${value()}`]);
    else if (Object.hasOwn(HEADER_FLAGS, word)) addFlagHeader(call, HEADER_FLAGS[word] ?? '', value());
    else if (SILENT_WITH_VALUE.has(word)) value();
    else if (!word.startsWith('-') && call.url === '') call.url = word;
  }
  if (call.url === '') return undefined;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(call.url)) call.url = `https://${call.url}`;
  if (call.isQuery && call.body !== undefined) {
    call.url += `${call.url.includes('?') ? '&' : '?'}${call.body}`;
    call.body = undefined;
  }
  if (call.method === '') call.method = call.body === undefined && call.parts.length === 0 ? 'GET' : 'POST';
  return call;
}

function partOf(text: string, isLiteral: boolean): Call['parts'][number] {
  const equals = text.indexOf('=');
  const [name, value] = equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
  return { name, value, isFile: !isLiteral && /^[@<]/.test(value) };
}

/** `name=text` as `name=` and the text encoded; without a name the whole. */
function urlEncoded(text: string): string {
  const equals = text.indexOf('=');
  const name = equals > 0 ? text.slice(0, equals + 1) : '';
  return name + encodeURIComponent(text.slice(equals + 1));
}

const basic = (pair: string): string => `Basic ${toBase64(new TextEncoder().encode(pair))}`;

/** `-XPOST` and `--request=POST` carry their value; `-sX` is a flag without one before it. */
function splitFlag(word: string): [flag: string, value?: string] {
  const long = /^(--[a-z0-9-]+)=([^]*)$/.exec(word);
  if (long?.[1] !== undefined && long[2] !== undefined) return [long[1], long[2]];
  const [, flag, value] = /^-[fgikLnNOqsSv#]*([XHduAbeFomwxUEcDrCKTz])([^]*)$/.exec(word) ?? [];
  if (flag === undefined) return [word];
  return value ? [`-${flag}`, value] : [`-${flag}`];
}

function addFlagHeader(call: Call, name: string, value: string): void {
  // without `=` it is the name of a file with cookies, which is not here
  if (name !== 'Cookie' || value.includes('=')) call.headers.push([name, value]);
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

/** Words of a POSIX command line: quotes, `$'…'`, escapes and continued lines. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    const isAnsi = char === '$' && text[at + 1] === "'";
    if (char === "'" || char === '"' || isAnsi) {
      const from = at + (isAnsi ? 2 : 1);
      at = endOfQuote(text, from, char !== "'");
      const piece = text.slice(from, at);
      word = (word ?? '') + (isAnsi ? unescaped(piece) : char === '"' ? piece.replace(IN_QUOTES, '$1') : piece);
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

/** Where the quote ends whose text begins here. */
function endOfQuote(text: string, from: number, hasEscapes: boolean): number {
  const quote = text[from - 1];
  let at = from;
  while (at < text.length && text[at] !== quote) at += hasEscapes && text[at] === '\\' ? 2 : 1;
  return at;
}

/** All that a backslash does between double quotes. */
const IN_QUOTES = /\\(?:([$`"\\])|\r?\n)/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', "'": "'", '"': '"', '\\': '\\' };

/** Browsers write what a shell could take amiss by its number: `\u0021`, `\xfc`. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-f]{1,4})|x([0-9a-f]{1,2})|([^]))/gi, (all, wide?: string, byte?: string, char = '') => {
    const code = wide ?? byte;
    return code === undefined ? (ESCAPES[char] ?? all) : String.fromCharCode(parseInt(code, 16));
  });
