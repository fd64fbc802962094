import type { Cell } from './table.ts';

/** Numbers as people write them in tables; not `0123`, which is a code. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?:e[+-]?\d{1,3})?$/i;

/** Text of a format without types: what is a number or a boolean becomes one. */
export function typedCell(text: string): Cell {
  if (NUMBER.test(text)) return Number(text);
  if (text === 'TRUE' || text === 'true') return true;
  return text === 'FALSE' || text === 'false' ? false : text;
}
