/** `onReceived` → `On received`: options are named as files name them, and read as words. */
export function wordsOf(option: string): string {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(option)) return option;
  const words = (SPELLED.get(option) ?? option)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/\b(input)(\d)/gi, '$1 $2')
    .toLowerCase()
    .replaceAll(INITIALS, (found) => found.toUpperCase())
    .replaceAll(NAMES, (found) => NAMED[found] ?? found);
  // iCalendar has its capital already
  return /^[a-z]+[A-Z]/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);
}

/** n8n's own spelling hides the words, or has a slip. */
const SPELLED: ReadonlyMap<string, string> = new Map([
  ['jsonToxml', 'jsonToXml'],
  ['binaryToPropery', 'binaryToProperty'],
  ['addDir', 'addFolder'],
  ['unlinkDir', 'unlinkFolder'],
]);
const INITIALS =
  /\b(?:api|ascii|bmp|cpu|csv|ftp|gif|hmac|html|http|ics|id|imap|jpeg|json|jwt|ods|pdf|pem|pkce|png|qs|rtf|sftp|smtp|sql|ssh|svg|tiff|url|utf|uuid|xls|xlsx|xml)\b/g;
const NAMED: Readonly<Record<string, string>> = {
  'o auth1': 'OAuth1',
  'o auth2': 'OAuth2',
  'java script': 'JavaScript',
  graphql: 'GraphQL',
  'i cal': 'iCalendar',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  'mac address': 'MAC address',
  markdown: 'Markdown',
  webp: 'WebP',
};
const NAMES = new RegExp(`\\b(?:${Object.keys(NAMED).join('|')})\\b`, 'g');
