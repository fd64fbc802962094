/** A generated program: text with parts that can be taken out again when it is made smaller. */
export interface Tree {
  /** An expression may stand for any other expression, a statement can be left out. */
  kind: 'expression' | 'statement';
  parts: readonly (string | Tree)[];
}

export const expression = (...parts: (string | Tree)[]): Tree => ({ kind: 'expression', parts });
export const statement = (...parts: (string | Tree)[]): Tree => ({ kind: 'statement', parts });

export const textOf = (tree: Tree): string =>
  tree.parts.map((part) => (typeof part === 'string' ? part : textOf(part))).join('');

const LEAVES = ['null', '1', '""', '[]'].map((text) => expression(text));

function* within(tree: Tree): Generator<Tree> {
  for (const part of tree.parts) {
    if (typeof part === 'string') continue;
    yield part;
    yield* within(part);
  }
}

/** Every tree that is this one with one part replaced by something smaller, big cuts first. */
function* smaller(tree: Tree): Generator<Tree> {
  if (tree.kind === 'statement') yield statement();
  else {
    if (textOf(tree).length > 4) yield* LEAVES;
    for (const inner of within(tree)) if (inner.kind === 'expression') yield inner;
  }
  for (const [at, part] of tree.parts.entries()) {
    if (typeof part === 'string') continue;
    for (const other of smaller(part)) yield { kind: tree.kind, parts: tree.parts.with(at, other) };
  }
}

/** Tries at most so many smaller programs: a shrunk one is for reading, not for proving. */
const MAX_TRIES = 3_000;

/** The smallest program found that still fails. */
export function shrink(tree: Tree, fails: (text: string) => boolean): Tree {
  let best = tree;
  for (let tries = 0; tries < MAX_TRIES;) {
    let found = false;
    for (const candidate of smaller(best)) {
      if (++tries > MAX_TRIES) break;
      if (textOf(candidate).length >= textOf(best).length || !fails(textOf(candidate))) continue;
      best = candidate;
      found = true;
      break;
    }
    if (!found) break;
  }
  return best;
}
