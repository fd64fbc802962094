/** What stands one a line, as it was typed: joined again by line ends it is the same text. A PEM block is one of them. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const entries: string[] = [];
  const block: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('-----BEGIN')) entries.push(...block.splice(0));
    if (block.length > 0 || line.startsWith('-----BEGIN')) block.push(line);
    else entries.push(line);
    if (line.startsWith('-----END') && block.length > 0) entries.push(block.splice(0).join('\n'));
  }
  // a block without its end is no block
  return [...entries, ...block];
}
