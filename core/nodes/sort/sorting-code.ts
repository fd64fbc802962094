import { type Node, parse } from 'acorn';

/**
 * A Code node's source that sorts by the author's comparison of `a` and `b`. Such code was long run in sloppy mode,
 * where assigning to a name declares it; modules are strict, so those names are declared here.
 */
export function sortingCode(comparison: string): string {
  const names = undeclared(comparison);
  return [
    ...(names.length > 0 ? [`var ${names.join(', ')};`] : []),
    `const compare = function (a, b) {\n${comparison}\n};`,
    'const rows = $input.all().map((item, index) => ({ item, index }));',
    'rows.sort((x, y) => compare(x.item, y.item));',
    'return rows.map(({ item, index }) => ({ ...item, pairedItem: { item: index } }));',
  ].join('\n');
}

/** Names the code assigns to and declares nowhere. Code that does not parse is left for the sandbox to report. */
function undeclared(code: string): string[] {
  const assigned = new Set<string>();
  const declared = new Set<string>(['a', 'b']);
  try {
    walk(parse(code, { ecmaVersion: 'latest', allowReturnOutsideFunction: true }), (node) => {
      const { type, left, id } = node as Node & { left?: Node; id?: Node | null };
      if (type === 'AssignmentExpression' && isName(left)) assigned.add(left.name);
      if ((type === 'VariableDeclarator' || type === 'FunctionDeclaration') && isName(id)) declared.add(id.name);
    });
  } catch {
    return [];
  }
  return [...assigned].filter((name) => !declared.has(name));
}

const isName = (node: Node | null | undefined): node is Node & { name: string } => node?.type === 'Identifier';

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const part of Object.values(node).flat()) {
    if (typeof part === 'object' && part !== null && typeof (part as Node).type === 'string') walk(part as Node, visit);
  }
}
