import type { JsonObject } from '../../data/item.ts';
import { asksNetwork } from './network.ts';

/** What JavaScript may require; workers/code-host/prelude/modules.ts provides it, and a test holds the two together. */
export const PROVIDED: ReadonlySet<string> = new Set([
  'assert',
  'buffer',
  'cheerio',
  'crypto',
  'dayjs',
  'events',
  'jmespath',
  'lodash',
  'luxon',
  'moment',
  'path',
  'querystring',
  'string_decoder',
  'url',
  'util',
  'uuid',
  'zlib',
]);

const REQUIRED = /\brequire\(\s*(['"`])([^'"`\n]{1,100})\1\s*\)/g;
const SENDS = /\bfetch\s*\(|\bhelpers\.(?:httpRequest|request)\b/;
const AUTHENTICATED = /\bhelpers\s*\.\s*(\w*WithAuthentication|requestOAuth[12])\b/;

function missingPackages(code: string): string[] {
  const names = [...code.matchAll(REQUIRED)].map((match) => (match[2] ?? '').replace(/^node:/, ''));
  return [...new Set(names)].filter((name) => !PROVIDED.has(name));
}

/** How code would run otherwise than in n8n, as sentences for the import report. */
export function codeDiffers(parameters: JsonObject): string | undefined {
  const { language, jsCode, functionCode } = parameters;
  if (typeof language === 'string' && language.startsWith('py')) {
    return 'Python is MicroPython here, a subset without packages: try it.';
  }
  const code = [jsCode, functionCode].find((each) => typeof each === 'string') ?? '';
  const sentences = [
    ...missingPackages(code).map((name) => `It requires "${name}", which is not here.`),
    ...(SENDS.test(code) && !asksNetwork(parameters) ? [`It sends requests: turn on "Network" in its options.`] : []),
    ...(AUTHENTICATED.test(code) ? ['It uses a credential, which code never holds: use an HTTP Request node.'] : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}
