import { parse } from 'acorn';

const LITERAL = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`/g;

interface Tree {
  type?: string;
  value?: unknown;
  quasis?: { value: { cooked?: string | null } }[];
  expressions?: unknown[];
  computed?: boolean;
  property?: { type?: string; name?: string };
  [key: string]: unknown;
}

function collect(root: unknown, names: Set<string>): void {
  // A stack of our own: minified code nests deeper than the call stack allows.
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (Array.isArray(node)) {
      for (const each of node) stack.push(each);
      continue;
    }
    if (typeof node !== 'object' || node === null) continue;
    const tree = node as Tree;
    if (tree.type === 'Literal' && typeof tree.value === 'string') names.add(tree.value);
    if (tree.type === 'TemplateLiteral' && tree.expressions?.length === 0) {
      names.add(tree.quasis?.[0]?.value.cooked ?? '');
    }
    if (tree.type === 'MemberExpression' && !tree.computed && tree.property?.name) names.add(tree.property.name);
    for (const key in tree) if (typeof tree[key] === 'object') stack.push(tree[key]);
  }
}

/** V8 and Python know syntax that acorn does not, and report errors better: only the names are wanted here. */
function literals(code: string, names: Set<string>): void {
  for (const match of code.matchAll(LITERAL)) {
    names.add((match[1] ?? match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'));
  }
}

/**
 * Texts in the code that may name a node: every string without `${}` and every property (`$node.Name`). Wider than the
 * calls themselves, because names often pass through a variable. Names that are computed are asked for at run time.
 */
export function mentionedNames(code: string, language: 'javascript' | 'python' = 'javascript'): string[] {
  const names = new Set<string>();
  if (language === 'python') {
    if (/(^|\W)_(node\b|\()/.test(code)) literals(code, names);
    names.delete('');
    return [...names];
  }
  if (!/\$\(|\$node\b|\$items\b|\$\s*\(/.test(code)) return [];
  try {
    collect(
      parse(code, { ecmaVersion: 'latest', allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true }),
      names,
    );
  } catch {
    literals(code, names);
  }
  names.delete('');
  return [...names];
}
