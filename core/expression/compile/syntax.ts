import type { Node } from 'acorn';
import { MUTATOR_NAMES } from '../builtins/array-mutators.ts';

type Visit = (node: Node, parent: Node | undefined) => void;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Every node, parents first. */
export function walk(node: Node, visit: Visit, parent?: Node): void {
  visit(node, parent);
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      for (const inner of value) if (isNode(inner)) walk(inner, visit, node);
    } else if (isNode(value)) walk(value, visit, node);
  }
}

interface MemberLike extends Node {
  object: Node;
  property: Node & { name?: string; value?: unknown };
  computed: boolean;
}
const isMember = (node: Node | undefined): node is MemberLike => node?.type === 'MemberExpression';

/** The name a member access is written with, if it is fixed. */
export function memberName(node: Node): string | undefined {
  if (!isMember(node)) return undefined;
  if (!node.computed) return node.property.name;
  const { type, value } = node.property;
  return type === 'Literal' && (typeof value === 'string' || typeof value === 'number') ? String(value) : undefined;
}

const FRESH_METHODS = new Set(
  `map filter slice concat split flat flatMap keys values entries from of toSorted toReversed reverse sort match
   compact unique removeDuplicates union difference intersection chunk pluck append`.split(/\s+/),
);

/** True for syntax that makes a new list nobody else holds: changing a copy of it cannot be told from changing it. */
export function isFreshList(node: Node): boolean {
  if (node.type === 'ArrayExpression') return true;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const { callee } = node as Node & { callee: Node & { name?: string } };
  if (callee.type === 'Identifier') return callee.name === 'Array';
  return FRESH_METHODS.has(memberName(callee) ?? '');
}

/** `Object.assign({…}, …)` writes only into the literal. */
export function assignsToLiteral(call: Node): boolean {
  const { callee, arguments: args } = call as Node & { callee: Node; arguments?: Node[] };
  if (callee?.type !== 'MemberExpression' || memberName(callee) !== 'assign') return false;
  const { object } = callee as MemberLike;
  return (object as { name?: string }).name === 'Object' && args?.[0]?.type === 'ObjectExpression';
}

function writesMember(target: Node | undefined): boolean {
  let found = false;
  if (target) walk(target, (node) => (found ||= node.type === 'MemberExpression'));
  return found;
}

/** True when running this may change an object: then it runs on copies of the data. */
export function mutates(program: Node): boolean {
  let found = false;
  walk(program, (node, parent) => {
    const { type } = node;
    if (type === 'AssignmentExpression') found ||= writesMember((node as Node & { left: Node }).left);
    else if (type === 'ForOfStatement' || type === 'ForInStatement') {
      const { left } = node as Node & { left: Node };
      found ||= left.type !== 'VariableDeclaration' && writesMember(left);
    } else if (type === 'UpdateExpression') found ||= writesMember((node as Node & { argument: Node }).argument);
    else if (type === 'UnaryExpression') found ||= (node as Node & { operator: string }).operator === 'delete';
    else if (isMember(node)) {
      const name = memberName(node);
      const isCallee = parent?.type === 'CallExpression' && (parent as Node & { callee: Node }).callee === node;
      if (name === undefined) found ||= isCallee;
      else if (MUTATOR_NAMES.has(name)) {
        const harmless = isCallee && (isFreshList(node.object) || assignsToLiteral(parent));
        found ||= !harmless;
      }
    }
  });
  return found;
}
