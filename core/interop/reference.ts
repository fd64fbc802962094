/** `$("Name").item.json.a["b c"]`: code that reads a field of another node's item, in expressions and in Code nodes. */
export function readCode(node: string, path: readonly (string | number)[]): string {
  return `$(${literal(node)}).item.json${path.map(step).join('')}`;
}

const step = (key: string | number): string => {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${literal(key)}]`;
};

/** Text as code. `}}` would end the segment it stands in. */
export const literal = (text: string): string => JSON.stringify(text).replaceAll('}', '\\u007d');

/** Text and code as one of our parameters; plain text stays what it is, whatever it begins with. */
export function template(parts: readonly ({ text: string } | { code: string })[]): string {
  const pieces = parts.map((part) => {
    if ('code' in part) return `{{ ${part.code} }}`;
    return part.text.includes('{{') ? `{{ ${literal(part.text)} }}` : part.text;
  });
  if (parts.some((part) => 'code' in part)) return `=${pieces.join('')}`;
  const plain = parts.map((part) => ('text' in part ? part.text : '')).join('');
  return plain.startsWith('=') ? `=${pieces.join('')}` : plain;
}
