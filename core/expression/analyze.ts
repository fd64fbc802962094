import type { CallExpression, MemberExpression, Node } from 'acorn';
import { memberName, walk } from './compile/syntax.ts';
import { ExpressionError } from './error.ts';
import { parseSegment } from './parse.ts';
import { split } from './split.ts';

export interface Analysis {
  /** Names of nodes referred to by literal name. */
  nodes: string[];
  /** Dotted paths read from `$json`, the longest fixed part of each. */
  fields: string[];
  /** True when `$env` is mentioned. */
  env: boolean;
  /** Names read from `$vars`. */
  vars: string[];
  error?: { message: string; position: number };
}

const nameOf = (node: Node | undefined): string | undefined =>
  node?.type === 'Identifier' ? (node as Node & { name: string }).name : undefined;

const literal = (node: Node | undefined): string | undefined => {
  const value = node?.type === 'Literal' ? (node as Node & { value: unknown }).value : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** Root and fixed names of a path, outermost last. */
function path(node: Node): { root: string; names: string[] } | undefined {
  const root = nameOf(node);
  if (root !== undefined) return { root, names: [] };
  if (node.type === 'ChainExpression') return path((node as Node & { expression: Node }).expression);
  const name = memberName(node);
  if (name === undefined) return undefined;
  const base = path((node as MemberExpression).object);
  return base && { root: base.root, names: [...base.names, name] };
}

interface Found {
  nodes: Set<string>;
  fields: Set<string>;
  vars: Set<string>;
  env: boolean;
}

function inspect(program: Node, found: Found): void {
  walk(program, (node, parent) => {
    if (node.type === 'CallExpression') {
      const { callee, arguments: args } = node as CallExpression;
      const name = ['$', '$items'].includes(nameOf(callee) ?? '') ? literal(args[0]) : undefined;
      if (name !== undefined) found.nodes.add(name);
    }
    if (nameOf(node) === '$env') found.env = true;
    const inside = parent?.type === 'MemberExpression' && (parent as MemberExpression).object === node;
    const isCallee = parent?.type === 'CallExpression' && (parent as CallExpression).callee === node;
    const here = node.type === 'MemberExpression' ? path(node) : undefined;
    const [first] = here?.names ?? [];
    if (!here || first === undefined) return;
    if (here.root === '$node') found.nodes.add(first);
    if (here.root === '$vars') found.vars.add(first);
    if (here.root !== '$json' || (inside && memberName(parent) !== undefined)) return;
    const names = isCallee ? here.names.slice(0, -1) : here.names;
    if (names.length > 0) found.fields.add(names.join('.'));
  });
}

/** What a parameter text refers to, without running it. Never throws; a syntax error is in `error`. */
export function analyze(text: string): Analysis {
  const found: Found = { nodes: new Set(), fields: new Set(), vars: new Set(), env: false };
  let error: Analysis['error'];
  for (const part of text.startsWith('=') ? split(text.slice(1), 1) : []) {
    if (part.kind === 'text') continue;
    try {
      inspect(parseSegment(part.code, part.start).program, found);
    } catch (cause) {
      const position = cause instanceof ExpressionError ? cause.position : undefined;
      error ??= { message: cause instanceof Error ? cause.message : String(cause), position: position ?? part.start };
    }
  }
  return {
    nodes: [...found.nodes],
    fields: [...found.fields],
    env: found.env,
    vars: [...found.vars],
    ...(error ? { error } : {}),
  };
}
