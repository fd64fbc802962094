import type { JsonObject } from '../../../../core/data/item.ts';
import {
  ANY,
  BOOLEAN,
  list,
  type Member,
  type Members,
  NUMBER,
  STRING,
  type SyntaxNode,
  type Type,
} from '../javascript/type.ts';
import { BUILT_IN, OF_DICT, OF_STRING, ofList } from './library.ts';

export interface World {
  /** The program's text. */
  text: string;
  context: Members;
  /** `_('Name')`. */
  node(name: string): Type;
  /** How many places may still be looked at. */
  fuel: number;
}

/** A program may refer to itself: a name is followed so far and no further. */
const MAX_STEPS = 60;
/** Functions that give what is in their first argument, one of it or a list. */
const ONE_OF: ReadonlySet<string> = new Set(['min', 'max', 'next']);
const LIST_OF: ReadonlySet<string> = new Set(['sorted', 'reversed', 'list', 'set', 'tuple']);
const COMPREHENSION = /ComprehensionExpression$/;

/** What can be read of a value of that type: fields of data, then methods. */
export function membersOf(type: Type): Members {
  if (type.kind === 'list') return ofList(type.of);
  if (type.kind === 'named') return type.members;
  if (type.kind !== 'data') return new Map();
  const { value } = type;
  if (typeof value === 'string') return OF_STRING;
  if (Array.isArray(value)) return ofList(elementOf(type));
  if (typeof value !== 'object' || value === null) return new Map();
  const fields = Object.entries(value).map(([name, each]): [string, Member] => [
    name,
    { type: { kind: 'data', value: each } },
  ]);
  // a field called as a method of dict is read in brackets: the name is the method
  return new Map([...fields, ...OF_DICT]);
}

/** What a loop over it brings: of a dict, its keys. */
function elementOf(type: Type): Type {
  if (type.kind === 'list') return type.of;
  if (type.kind !== 'data' || typeof type.value !== 'object' || type.value === null) return ANY;
  if (!Array.isArray(type.value)) return STRING;
  return type.value.length > 0 ? { kind: 'data', value: type.value[0] ?? null } : ANY;
}

function fieldOf(type: Type, name: string): Type {
  const isData = type.kind === 'data' && typeof type.value === 'object' && type.value !== null;
  if (!isData) return membersOf(type).get(name)?.type ?? ANY;
  const value = type.value as JsonObject;
  return Object.hasOwn(value, name) ? { kind: 'data', value: value[name] ?? null } : ANY;
}

/** What the expression at `node` gives, as far as that can be said without running it. */
export function typeAt(node: SyntaxNode | null, world: World, steps = 0): Type {
  if (!node || steps > MAX_STEPS || world.fuel-- <= 0) return ANY;
  const follow = (next: SyntaxNode | null | undefined): Type => typeAt(next ?? null, world, steps + 1);
  const inside = node.firstChild?.nextSibling ?? null;
  switch (node.name) {
    case 'VariableName':
      return variable(node, world, steps);
    case 'ParenthesizedExpression':
      return follow(inside);
    case 'String':
    case 'ContinuedString':
    case 'FormatString':
      return STRING;
    case 'Number':
      return NUMBER;
    case 'Boolean':
      return BOOLEAN;
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return list(inside?.name === ']' ? ANY : follow(inside));
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
      return list(follow(inside));
    case 'DictionaryExpression':
      return { kind: 'named', name: 'dict', members: new Map([...entries(node, world, follow), ...OF_DICT]) };
    case 'MemberExpression':
      return member(node, world, follow);
    case 'CallExpression':
      return call(node, world, follow);
    case 'ConditionalExpression':
      return follow(node.firstChild);
    case 'UnaryExpression':
      return world.text.slice(node.from, node.from + 3) === 'not' ? BOOLEAN : NUMBER;
    case 'BinaryExpression':
      return binary(node, world, follow);
    default:
      return ANY;
  }
}

type Follow = (node: SyntaxNode | null | undefined) => Type;
const textOf = ({ from, to }: SyntaxNode, { text }: World): string => text.slice(from, to);
/** What a text in quotes says. */
const quoted = (node: SyntaxNode, world: World): string =>
  textOf(node, world)
    .replace(/^\w{0,2}("""|'''|["'])([^]*)\1$/, '$2')
    .replaceAll(/\\(.)/g, '$1');

function* entries(node: SyntaxNode, world: World, follow: Follow): Generator<[string, Member]> {
  for (let key = node.firstChild; key; key = key.nextSibling) {
    if (key.name === 'String' && key.nextSibling?.name === ':') {
      yield [quoted(key, world), { type: follow(key.nextSibling.nextSibling) }];
    }
  }
}

function binary(node: SyntaxNode, world: World, follow: Follow): Type {
  const operator = node.firstChild?.nextSibling;
  const sign = operator ? textOf(operator, world) : '';
  if (sign === 'or') return follow(node.firstChild);
  if (sign === 'and') return follow(node.lastChild);
  if (/^(?:[<>=!]|in$|not|is)/.test(sign)) return BOOLEAN;
  const left = follow(node.firstChild);
  const isText = left.kind === 'data' && typeof left.value === 'string';
  return isText && (sign === '+' || sign === '%' || sign === '*')
    ? STRING
    : sign === '+' && left.kind === 'list'
      ? left
      : NUMBER;
}

function member(node: SyntaxNode, world: World, follow: Follow): Type {
  const owner = follow(node.firstChild);
  const key = node.lastChild;
  if (key?.name === 'PropertyName') return membersOf(owner).get(textOf(key, world))?.type ?? ANY;
  // a['x'], a[0] or a[1:]
  const at = node.firstChild?.nextSibling?.nextSibling;
  if (at?.name === 'String') return fieldOf(owner, quoted(at, world));
  const isSlice = at?.name === ':' || at?.nextSibling?.name === ':';
  return isSlice ? owner : elementOf(owner);
}

/** Arguments by place, those with names left out. */
function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  const given: SyntaxNode[] = [];
  for (let each = node.getChild('ArgList')?.firstChild ?? null; each; each = each.nextSibling) {
    const isSign = /^[(),*]/.test(each.name) || each.name === 'AssignOp';
    if (!isSign && each.nextSibling?.name !== 'AssignOp' && each.prevSibling?.name !== 'AssignOp') given.push(each);
  }
  return given;
}

function call(node: SyntaxNode, world: World, follow: Follow): Type {
  const callee = node.firstChild;
  const [first, second] = argumentsOf(node);
  if (callee?.name === 'VariableName') {
    const name = textOf(callee, world);
    if (name === '_' && first?.name === 'String') return world.node(quoted(first, world));
    if (ONE_OF.has(name)) return elementOf(follow(first));
    if (LIST_OF.has(name)) return list(elementOf(follow(first)));
    if (name === 'filter') return list(elementOf(follow(second)));
    if (name === 'map') return list(first?.name === 'LambdaExpression' ? follow(first.lastChild) : ANY);
  }
  if (callee?.name === 'MemberExpression' && callee.lastChild && textOf(callee.lastChild, world) === 'get') {
    const field = first?.name === 'String' ? fieldOf(follow(callee.firstChild), quoted(first, world)) : ANY;
    if (field.kind !== 'any') return field;
  }
  const type = follow(callee);
  return type.kind === 'function' ? type.returns : ANY;
}

/** A name: what the program says of it where it is seen from here, else what the context has. */
function variable(node: SyntaxNode, world: World, steps: number): Type {
  const name = textOf(node, world);
  for (let scope: SyntaxNode | null = node; scope; scope = scope.parent) {
    const found = definedIn(scope, name, { node, world, steps });
    if (found) return found;
  }
  return world.context.get(name)?.type ?? BUILT_IN.get(name)?.type ?? ANY;
}

interface Seen {
  node: SyntaxNode;
  world: World;
  steps: number;
}

function definedIn(scope: SyntaxNode, name: string, seen: Seen): Type | undefined {
  const { node, world, steps } = seen;
  if (scope.name === 'Script' || scope.name === 'Body') {
    // the last one before the place; a loop may also come from below
    const made = scope
      .getChildren('AssignStatement')
      .filter((each) => each.firstChild?.name === 'VariableName' && textOf(each.firstChild, world) === name)
      .filter((each) => !(each.from <= node.from && node.to <= each.to));
    const last = made.findLast((each) => each.to <= node.from) ?? made[0];
    if (last) return typeAt(last.lastChild, world, steps + 1);
    if (node.parent?.name === 'AssignStatement' && node.parent.firstChild === null) return ANY;
  }
  if (scope.name === 'AssignStatement' && scope.firstChild?.from === node.from) {
    return typeAt(scope.lastChild, world, steps + 1);
  }
  if (scope.name === 'ForStatement' || COMPREHENSION.test(scope.name)) return looped(scope, name, seen);
  if (scope.name === 'LambdaExpression' || scope.name === 'FunctionDefinition') {
    const parameters = scope.getChild('ParamList')?.getChildren('VariableName') ?? [];
    if (!parameters.some((each) => textOf(each, world) === name)) return undefined;
    return scope.name === 'LambdaExpression' ? handed(scope, seen) : ANY;
  }
  return undefined;
}

/** `for NAME in …`, `for index, NAME in enumerate(…)`, `for key, value in d.items()`. */
function looped(scope: SyntaxNode, name: string, { node, world, steps }: Seen): Type | undefined {
  for (let word = scope.firstChild; word; word = word.nextSibling) {
    if (word.name !== 'for') continue;
    const names: SyntaxNode[] = [];
    let part: SyntaxNode | null = word.nextSibling;
    for (; part && part.name !== 'in'; part = part.nextSibling) {
      if (part.name === 'VariableName') names.push(part);
      else names.push(...part.getChildren('VariableName'));
    }
    const place = names.findIndex((each) => textOf(each, world) === name);
    const over = part?.nextSibling ?? null;
    // what is looped over is not yet inside
    if (place < 0 || !over || (over.from <= node.from && node.to <= over.to)) continue;
    if (names.length === 1) return elementOf(typeAt(over, world, steps + 1));
    const callee = over.name === 'CallExpression' ? over.firstChild : null;
    if (callee && textOf(callee, world) === 'enumerate') {
      return place === 0 ? NUMBER : elementOf(typeAt(argumentsOf(over)[0] ?? null, world, steps + 1));
    }
    return place === 0 && callee?.lastChild && textOf(callee.lastChild, world) === 'items' ? STRING : ANY;
  }
  return undefined;
}

/** What a function given to `sorted`, `map` … is called with. */
function handed(scope: SyntaxNode, { world, steps }: Seen): Type {
  const callOf = scope.parent?.name === 'ArgList' ? scope.parent.parent : null;
  const callee = callOf?.firstChild;
  if (!callOf || !callee) return ANY;
  const name = textOf(callee, world);
  const [first, second] = argumentsOf(callOf);
  const follow = (next: SyntaxNode | undefined): Type => elementOf(typeAt(next ?? null, world, steps + 1));
  if (name === 'map' || name === 'filter') return follow(second);
  if (LIST_OF.has(name) || ONE_OF.has(name)) return follow(first);
  return callee.name === 'MemberExpression' && name.endsWith('.sort') ? follow(callee.firstChild ?? undefined) : ANY;
}

/** Names that a statement, a loop or a list of parameters makes: what it takes them from is not among them. */
function* bound(holder: SyntaxNode): Generator<SyntaxNode> {
  let isValue = holder.name.endsWith('Expression');
  for (let part = holder.firstChild; part; part = part.nextSibling) {
    if (part.name === 'for' || part.name === ',') isValue = false;
    else if (part.name === 'in' || part.name === 'AssignOp') isValue = true;
    else if (part.name === 'VariableName' && !isValue) yield part;
  }
}

/** Names that are seen at a place, the nearest first. */
export function namesSeen(at: SyntaxNode, world: World): string[] {
  const seen = new Set<string>();
  for (let scope: SyntaxNode | null = at; scope; scope = scope.parent) {
    const holders = [
      ...(scope.name === 'Script' || scope.name === 'Body'
        ? [...scope.getChildren('AssignStatement'), ...scope.getChildren('FunctionDefinition')]
        : []),
      ...(scope.name === 'ForStatement' || COMPREHENSION.test(scope.name) ? [scope] : []),
    ];
    const list_ = scope.getChild('ParamList');
    for (const holder of [...holders, ...(list_ ? [list_] : [])]) {
      for (const name of bound(holder)) seen.add(textOf(name, world));
    }
  }
  return [...seen];
}
