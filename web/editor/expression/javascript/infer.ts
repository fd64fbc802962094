import { ELEMENT_PARAMETERS, MADE, OF_NUMBER, OF_STRING, ofList } from './library.ts';
import { ANY, BOOLEAN, type Member, type Members, NUMBER, STRING, type SyntaxNode, type Type } from './type.ts';

export interface World {
  /** The program's text. */
  text: string;
  context: Members;
  self: Type;
  /** `$('Name')`. */
  node(name: string): Type;
  /** How many places may still be looked at: names lead to names, and each sum of two to twice as many. */
  fuel: number;
}

/** A program may refer to itself: a name is followed so far and no further. */
const MAX_STEPS = 60;
const FUNCTIONS: ReadonlySet<string> = new Set([
  'ArrowFunction',
  'FunctionExpression',
  'FunctionDeclaration',
  'MethodDeclaration',
]);

/** What can be read of a value of that type. */
export function membersOf(type: Type): Members {
  if (type.kind === 'list') return ofList(type.of);
  if (type.kind === 'named') return type.members;
  if (type.kind !== 'data') return new Map();
  const { value } = type;
  if (typeof value === 'string') return OF_STRING;
  if (typeof value === 'number') return OF_NUMBER;
  if (Array.isArray(value)) return ofList(elementOf(type));
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).map(([name, each]): [string, Member] => [name, { type: { kind: 'data', value: each } }]),
  );
}

const elementOf = (type: Type): Type =>
  type.kind === 'list'
    ? type.of
    : type.kind === 'data' && Array.isArray(type.value) && type.value.length > 0
      ? { kind: 'data', value: type.value[0] ?? null }
      : ANY;

/** What the expression at `node` gives, as far as that can be said without running it. */
export function typeAt(node: SyntaxNode | null, world: World, steps = 0): Type {
  if (!node || steps > MAX_STEPS || world.fuel-- <= 0) return ANY;
  const follow = (next: SyntaxNode | null): Type => typeAt(next, world, steps + 1);
  const textOf = ({ from, to }: SyntaxNode): string => world.text.slice(from, to);
  switch (node.name) {
    case 'VariableName':
    case 'VariableDefinition':
      return variable(node, textOf(node), world, steps);
    case 'this':
      return world.self;
    case 'ParenthesizedExpression':
      return follow(node.firstChild?.nextSibling ?? null);
    case 'AwaitExpression': {
      const type = follow(node.lastChild);
      return type.kind === 'promise' ? type.of : type;
    }
    case 'String':
    case 'TemplateString':
      return STRING;
    case 'Number':
      return NUMBER;
    case 'BooleanLiteral':
      return BOOLEAN;
    case 'ArrayExpression':
      return {
        kind: 'list',
        of: follow(node.firstChild?.nextSibling?.name === ']' ? null : (node.firstChild?.nextSibling ?? null)),
      };
    case 'ObjectExpression':
      return { kind: 'named', name: 'object', members: new Map(properties(node, world, follow)) };
    case 'NewExpression':
      return MADE.get(textOf(node.getChild('VariableName') ?? node)) ?? ANY;
    case 'MemberExpression':
      return member(node, world, follow);
    case 'CallExpression':
      return call(node, world, follow);
    case 'ConditionalExpression':
    case 'BinaryExpression':
      return node.name === 'ConditionalExpression' ? follow(node.lastChild) : binary(node, textOf, follow);
    default:
      return ANY;
  }
}

function* properties(
  node: SyntaxNode,
  world: World,
  follow: (node: SyntaxNode | null) => Type,
): Generator<[string, Member]> {
  for (const property of node.getChildren('Property')) {
    const key = property.firstChild;
    if (!key || key.name === 'Spread') continue;
    const name = world.text.slice(key.from, key.to);
    yield [name, { type: property.lastChild === key ? ANY : follow(property.lastChild) }];
  }
}

function binary(
  node: SyntaxNode,
  textOf: (node: SyntaxNode) => string,
  follow: (node: SyntaxNode | null) => Type,
): Type {
  const operator = node.getChild('ArithOp') ?? node.getChild('LogicOp') ?? node.getChild('CompareOp');
  const sign = operator ? textOf(operator) : '';
  if (sign === '&&') return follow(node.lastChild);
  if (sign === '||' || sign === '??') return follow(node.firstChild);
  if (/^[<>=!]/.test(sign)) return BOOLEAN;
  const left = follow(node.firstChild);
  const isText = (type: Type): boolean => type.kind === 'data' && typeof type.value === 'string';
  return sign === '+' && (isText(left) || isText(follow(node.lastChild))) ? STRING : NUMBER;
}

function member(node: SyntaxNode, world: World, follow: (node: SyntaxNode | null) => Type): Type {
  const owner = follow(node.firstChild);
  const key = node.lastChild;
  if (key?.name === 'PropertyName') return membersOf(owner).get(world.text.slice(key.from, key.to))?.type ?? ANY;
  // a[…]: a name in quotes, or a place in a list
  const inside = node.getChild('String') ?? node.getChild('Number');
  if (inside?.name === 'String' && inside !== node.firstChild) {
    return membersOf(owner).get(world.text.slice(inside.from + 1, inside.to - 1))?.type ?? ANY;
  }
  return elementOf(owner);
}

function call(node: SyntaxNode, world: World, follow: (node: SyntaxNode | null) => Type): Type {
  const callee = node.firstChild;
  const given = node.getChild('ArgList')?.firstChild?.nextSibling ?? null;
  if (callee?.name === 'VariableName' && world.text.slice(callee.from, callee.to) === '$' && given?.name === 'String') {
    return world.node(world.text.slice(given.from + 1, given.to - 1).replaceAll(/\\(.)/g, '$1'));
  }
  const type = follow(callee);
  if (type.kind !== 'function') return ANY;
  const method =
    callee?.lastChild?.name === 'PropertyName' ? world.text.slice(callee.lastChild.from, callee.lastChild.to) : '';
  if (method !== 'map' && method !== 'flatMap') return type.returns;
  const made = given && FUNCTIONS.has(given.name) && given.lastChild?.name !== 'Block' ? follow(given.lastChild) : ANY;
  return { kind: 'list', of: method === 'map' ? made : elementOf(made) };
}

/** A name: what the program says of it where it is seen from here, else what the context has. */
function variable(node: SyntaxNode, name: string, world: World, steps: number): Type {
  for (let scope: SyntaxNode | null = node; scope; scope = scope.parent) {
    const found = definedIn(scope, name, world, steps);
    if (found) return found;
  }
  return world.context.get(name)?.type ?? ANY;
}

function definedIn(scope: SyntaxNode, name: string, world: World, steps: number): Type | undefined {
  if (scope.name === 'Script' || scope.name === 'Block') {
    for (const declaration of scope.getChildren('VariableDeclaration')) {
      for (let part = declaration.firstChild; part; part = part.nextSibling) {
        if (!isPattern(part)) continue;
        const value = part.nextSibling?.name === 'Equals' ? part.nextSibling.nextSibling : null;
        const found = bound(part, name, world, () => typeAt(value, world, steps + 1));
        if (found) return found;
      }
    }
  }
  if (scope.name === 'ForStatement') {
    const head = scope.getChild('ForOfSpec');
    for (let part = head?.firstChild ?? null; part; part = part.nextSibling) {
      if (!isPattern(part)) continue;
      const found = bound(part, name, world, () =>
        elementOf(typeAt(part?.nextSibling?.nextSibling ?? null, world, steps + 1)),
      );
      if (found) return found;
    }
  }
  if (!FUNCTIONS.has(scope.name)) return undefined;
  const parameters = scope.getChild('ParamList');
  let index = 0;
  for (let part = parameters?.firstChild ?? null; part; part = part.nextSibling) {
    if (!isPattern(part)) continue;
    const place = index++;
    const found = bound(part, name, world, () => parameterOf(scope, place, world, steps));
    if (found) return found;
  }
  return undefined;
}

const isPattern = ({ name }: SyntaxNode): boolean =>
  name === 'VariableDefinition' || name === 'ObjectPattern' || name === 'ArrayPattern';

/** What `name` is when `pattern` takes a value apart; undefined when it is not in it. */
function bound(pattern: SyntaxNode, name: string, world: World, value: () => Type): Type | undefined {
  const textOf = ({ from, to }: SyntaxNode): string => world.text.slice(from, to);
  if (pattern.name === 'VariableDefinition') return textOf(pattern) === name ? value() : undefined;
  if (pattern.name === 'ArrayPattern') {
    const has = pattern.getChildren('VariableDefinition').some((each) => textOf(each) === name);
    return has ? elementOf(value()) : undefined;
  }
  for (const property of pattern.getChildren('PatternProperty')) {
    const [key, inner] = [property.firstChild, property.lastChild];
    if (!key || !inner) continue;
    const found = bound(inner, name, world, () => membersOf(value()).get(textOf(key))?.type ?? ANY);
    if (found) return found;
  }
  return undefined;
}

/** A function given to a method of a list gets what is in it. */
function parameterOf(scope: SyntaxNode, index: number, world: World, steps: number): Type {
  const callee = scope.parent?.name === 'ArgList' ? scope.parent.parent?.firstChild : undefined;
  if (callee?.name !== 'MemberExpression' || callee.lastChild?.name !== 'PropertyName') return ANY;
  const method = world.text.slice(callee.lastChild.from, callee.lastChild.to);
  if (!ELEMENT_PARAMETERS.get(method)?.includes(index)) return index === 1 ? NUMBER : ANY;
  return elementOf(typeAt(callee.firstChild, world, steps + 1));
}

/** Names that are seen at a place, the nearest first. */
export function namesSeen(at: SyntaxNode, world: World): string[] {
  const seen = new Set<string>();
  const add = (part: SyntaxNode): void => {
    if (part.name === 'VariableDefinition') seen.add(world.text.slice(part.from, part.to));
    else if (part.name === 'ObjectPattern' || part.name === 'ArrayPattern' || part.name === 'PatternProperty') {
      for (let each = part.firstChild; each; each = each.nextSibling) add(each);
    }
  };
  for (let scope: SyntaxNode | null = at; scope; scope = scope.parent) {
    const holders =
      scope.name === 'Script' || scope.name === 'Block'
        ? [...scope.getChildren('VariableDeclaration'), ...scope.getChildren('FunctionDeclaration')]
        : [scope.getChild('ForOfSpec'), FUNCTIONS.has(scope.name) ? scope.getChild('ParamList') : null];
    for (const holder of holders) for (let part = holder?.firstChild ?? null; part; part = part.nextSibling) add(part);
  }
  return [...seen];
}
