/** Names of mailboxes beyond ASCII, in the UTF-7 of RFC 3501 §5.1.3. */
export function mailboxName(name: string): string {
  return name.replaceAll(/&|[^\u0020-\u007e]+/g, (part) => {
    if (part === '&') return '&-';
    let binary = '';
    for (let at = 0; at < part.length; at++) {
      const unit = part.charCodeAt(at);
      binary += String.fromCharCode(unit >> 8, unit & 255);
    }
    return `&${btoa(binary).replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}
