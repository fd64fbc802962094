import type {
  CallExpression,
  Expression,
  Function as FunctionNode,
  MemberExpression,
  Node,
  Pattern,
  Program,
  SpreadElement,
  Statement,
} from 'acorn';
import { boundNames } from '../compile/pattern.ts';
import { walk } from '../compile/syntax.ts';
import type { Findings } from './findings.ts';
import { Names } from './names.ts';
import { choice, combine, element, fixed, namesOf, UNKNOWN, type Origin } from './origin.ts';
import { at, itemField, nodeMember, ROOT_FUNCTIONS, ROOTS } from './roots.ts';

/** What a statement gives that does not return: not to be taken for a value that is unknown. */
const NOTHING: Origin = { kind: 'unknown' };

/** Visits of syntax one text may take: functions are read again for each call. */
const MAX_VISITS = 50_000;
const MAX_CALLS = 20;
/** Deeper ones are read as a whole. */
const MAX_PATH = 50;

/** Methods of a list by what they give: the list itself, one element, or a list of what the callback gives. */
const SAME = new Set(
  'filter slice reverse toReversed sort toSorted concat flat splice toSpliced unique removeDuplicates compact values'.split(
    ' ',
  ),
);
const ONE = new Set('find findLast at first last pop shift randomItem'.split(' '));
const MADE = new Set(['map', 'flatMap']);
const ASKED = new Set('some every forEach findIndex findLastIndex'.split(' '));
/** `(sum, value) => …`: the element is the second argument. */
const FOLDED = new Set(['reduce', 'reduceRight']);
const takesCallback = (name: string): boolean => MADE.has(name) || ASKED.has(name) || FOLDED.has(name);

const ITEM_METHODS = new Set(['first', 'last', 'itemMatching', 'pairedItem']);

/** Follows values through the syntax of one segment and notes what is read. */
export class Reader {
  readonly #found: Findings;
  readonly #offset: number;
  /** Names assigned somewhere: what they stand for changes. */
  readonly #changing = new Set<string>();
  #visits = 0;
  #calls = 0;

  constructor(found: Findings, offset: number) {
    this.#found = found;
    this.#offset = offset;
  }

  program(program: Program): void {
    walk(program, (node) => {
      const { left, argument } = node as Node & { left?: Node; argument?: Node };
      if (node.type === 'UpdateExpression' && argument?.type === 'Identifier') this.#changes(argument as Pattern);
      const isWrite = ['AssignmentExpression', 'ForInStatement', 'ForOfStatement'].includes(node.type);
      if (isWrite && left && left.type !== 'VariableDeclaration') this.#changes(left as Pattern);
    });
    this.#block(program.body as Statement[], new Names(undefined));
  }

  #changes(target: Pattern): void {
    for (const name of boundNames(target)) this.#changing.add(name);
  }

  /** False when the text is too much to follow. */
  #visit(node: Node): boolean {
    if (this.#visits++ < MAX_VISITS) return true;
    this.#found.unknown('code', node.start + this.#offset);
    return false;
  }

  /** The value is needed as a whole. */
  #use(origin: Origin): void {
    switch (origin.kind) {
      case 'path':
        return this.#found.read(origin.source, origin.path);
      case 'item':
        this.#use(at('json', origin.node));
        return this.#use(at('binary', origin.node));
      case 'list':
        return this.#use(origin.element);
      case 'tuple':
        return origin.elements.forEach((one) => this.#use(one));
      case 'choice':
        return origin.of.forEach((one) => this.#use(one));
      case 'function':
        this.#call(origin, []);
        return;
      case 'root':
        // `["A", "B"].map($)`: called, perhaps, but not here.
        if (origin.name !== '$env' && origin.name !== '$item') this.#found.unknown('node', this.#offset);
        return;
      default:
    }
  }

  #useAll(nodes: readonly (Node | null | undefined)[], names: Names): void {
    for (const node of nodes) if (node) this.#use(this.#value(node, names));
  }

  #block(body: readonly Statement[], names: Names): Origin {
    const returned: Origin[] = [];
    for (const statement of body) {
      if (statement.type !== 'FunctionDeclaration') continue;
      names.bind(statement.id.name, { kind: 'function', node: statement, names });
    }
    for (const statement of body) returned.push(this.#statement(statement, names));
    const values = returned.filter((one) => one !== NOTHING);
    return values.length > 0 ? choice(values) : NOTHING;
  }

  /** Gives what the statement may return. */
  #statement(node: Statement, names: Names): Origin {
    if (!this.#visit(node)) return UNKNOWN;
    switch (node.type) {
      case 'ReturnStatement':
        return node.argument ? this.#value(node.argument, names) : UNKNOWN;
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) if (init) this.#bind(id, this.#value(init, names), names);
        return NOTHING;
      case 'BlockStatement':
        return this.#block(node.body, new Names(names));
      case 'IfStatement':
        this.#useAll([node.test], names);
        return this.#block(node.alternate ? [node.consequent, node.alternate] : [node.consequent], names);
      case 'ForOfStatement':
      case 'ForInStatement': {
        const inner = new Names(names);
        const list = this.#value(node.right, names);
        if (node.type === 'ForInStatement') this.#use(list);
        const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
        if (target) this.#bind(target, node.type === 'ForOfStatement' ? element(list) : UNKNOWN, inner);
        return this.#block([node.body], inner);
      }
      case 'TryStatement':
        return this.#block(
          [node.block, ...(node.handler ? [node.handler.body] : []), ...(node.finalizer ? [node.finalizer] : [])],
          names,
        );
      case 'SwitchStatement':
        this.#useAll([node.discriminant, ...node.cases.map((one) => one.test)], names);
        return this.#block(
          node.cases.flatMap((one) => one.consequent),
          new Names(names),
        );
      case 'ForStatement': {
        const inner = new Names(names);
        if (node.init?.type === 'VariableDeclaration') this.#statement(node.init, inner);
        else this.#useAll([node.init], inner);
        this.#useAll([node.test, node.update], inner);
        return this.#block([node.body], inner);
      }
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.#useAll([node.test], names);
        return this.#block([node.body], names);
      case 'ExpressionStatement':
        this.#useAll([node.expression], names);
        return NOTHING;
      case 'ThrowStatement':
        this.#useAll([node.argument], names);
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  /** Gives the names of a pattern what they stand for. */
  #bind(pattern: Pattern, origin: Origin, names: Names): void {
    switch (pattern.type) {
      case 'Identifier':
        if (this.#changing.has(pattern.name)) this.#use(origin);
        names.bind(pattern.name, this.#changing.has(pattern.name) ? UNKNOWN : origin);
        return;
      case 'AssignmentPattern':
        return this.#bind(pattern.left, choice([origin, this.#value(pattern.right, names)]), names);
      case 'ArrayPattern':
        pattern.elements.forEach((part, i) => {
          const known = origin.kind === 'tuple' ? (origin.elements[i] ?? UNKNOWN) : element(origin);
          if (part) this.#bind(part, known, names);
        });
        return;
      case 'ObjectPattern':
        for (const field of pattern.properties) {
          if (field.type === 'RestElement') this.#bind(field.argument, origin, names);
          else this.#bind(field.value, this.#member(origin, this.#key(field, names), field), names);
        }
        return;
      case 'RestElement':
        return this.#bind(pattern.argument, origin, names);
      case 'MemberExpression':
        this.#use(origin);
        return this.#use(this.#value(pattern, names));
    }
  }

  #key({ key, computed }: { key: Node; computed: boolean }, names: Names): Origin {
    if (!computed && key.type === 'Identifier') return fixed((key as Node & { name: string }).name);
    const origin = this.#value(key, names);
    if (origin.kind !== 'fixed') this.#use(origin);
    return origin;
  }

  #touched(origin: Origin): Origin {
    if (origin.kind === 'path') this.#found.touch(origin.source, origin.path);
    else if (origin.kind === 'choice') origin.of.forEach((one) => this.#touched(one));
    return origin;
  }

  /** `of[key]`: more of the path may follow. */
  #member(of: Origin, key: Origin, node: Node): Origin {
    return this.#touched(this.#memberOf(of, key, node));
  }

  #memberOf(of: Origin, key: Origin, node: Node): Origin {
    const keys = namesOf(key);
    const position = node.start + this.#offset;
    switch (of.kind) {
      case 'choice':
        return choice(of.of.map((one) => this.#member(one, key, node)));
      case 'path': {
        const { source, path } = of;
        if (path.length >= MAX_PATH) return of;
        if (keys) return choice(keys.map((name) => ({ kind: 'path', source, path: [...path, name] })));
        const what = source.of === 'vars' ? 'variable' : source.of === 'secrets' ? 'secret' : 'field';
        this.#found.unknown(what, position);
        return { kind: 'path', source, path: [...path, '*'] };
      }
      case 'item':
        return choice((keys ?? ['json', 'binary']).map((name) => itemField(of.node, name)));
      case 'nodes':
        return choice((keys ?? ['item']).flatMap((name) => of.names.map((one) => nodeMember(one, name))));
      case 'root':
        if (of.name === '$env') return UNKNOWN;
        return of.name === '$node' ? this.#nodes(key, position) : UNKNOWN;
      case 'list':
      case 'tuple': {
        const index = keys?.length === 1 ? Number(keys[0]) : NaN;
        if (of.kind === 'tuple' && Number.isInteger(index)) return of.elements[index] ?? UNKNOWN;
        if (keys?.includes('length')) this.#use(of);
        return keys?.some((name) => !/^-?\d+$/.test(name)) ? UNKNOWN : element(of);
      }
      default:
        return UNKNOWN;
    }
  }

  #nodes(name: Origin, position: number): Origin {
    const names = namesOf(name);
    if (!names) {
      this.#found.unknown('node', position);
      return UNKNOWN;
    }
    for (const one of names) this.#found.nodes.add(one);
    return { kind: 'nodes', names };
  }

  #identifier(name: string, names: Names): Origin {
    const bound = names.find(name);
    if (bound) return bound;
    if (name === '$env') this.#found.env = true;
    return name === 'undefined' ? fixed(undefined) : this.#touched(ROOTS.get(name) ?? UNKNOWN);
  }

  #value(node: Node, names: Names): Origin {
    if (!this.#visit(node)) return UNKNOWN;
    const expression = node as Expression | SpreadElement;
    switch (expression.type) {
      case 'Literal':
        return typeof expression.value === 'object' && expression.value !== null
          ? UNKNOWN
          : fixed(expression.value as string);
      case 'Identifier':
        return this.#identifier(expression.name, names);
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        return this.#value(expression.expression, names);
      case 'TemplateLiteral':
        return expression.expressions.reduce<Origin>(
          (text, part, i) => {
            const origin = this.#value(part, names);
            if (origin.kind !== 'fixed') this.#use(origin);
            const rest = expression.quasis[i + 1]?.value.cooked ?? '';
            return combine(text, origin, (a, b) => `${String(a)}${String(b)}${rest}`);
          },
          fixed(expression.quasis[0]?.value.cooked ?? ''),
        );
      case 'BinaryExpression': {
        const [left, right] = [this.#value(expression.left, names), this.#value(expression.right, names)];
        const sum =
          expression.operator === '+' ? combine(left, right, (a, b) => (a as string) + (b as string)) : UNKNOWN;
        if (sum.kind === 'unknown') [left, right].forEach((one) => this.#use(one));
        return sum;
      }
      case 'LogicalExpression':
        if (expression.operator === '&&') {
          this.#useAll([expression.left], names);
          return this.#value(expression.right, names);
        }
        return choice([this.#value(expression.left, names), this.#value(expression.right, names)]);
      case 'ConditionalExpression':
        this.#useAll([expression.test], names);
        return choice([this.#value(expression.consequent, names), this.#value(expression.alternate, names)]);
      case 'SequenceExpression':
        this.#useAll(expression.expressions.slice(0, -1), names);
        return this.#value(expression.expressions.at(-1) ?? expression, names);
      case 'MemberExpression':
        return this.#member(this.#value(expression.object, names), this.#memberKey(expression, names), expression);
      case 'CallExpression':
        return this.#callExpression(expression, names);
      case 'ArrayExpression':
        return { kind: 'tuple', elements: expression.elements.map((one) => (one ? this.#value(one, names) : UNKNOWN)) };
      case 'SpreadElement':
        return element(this.#value(expression.argument, names));
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return { kind: 'function', node: expression, names };
      case 'AssignmentExpression':
        this.#useAll([expression.right, expression.left], names);
        return UNKNOWN;
      case 'ObjectExpression':
        for (const field of expression.properties) {
          if (field.type === 'SpreadElement') this.#useAll([field.argument], names);
          else this.#useAll([...(field.computed ? [field.key] : []), field.value], names);
        }
        return UNKNOWN;
      case 'NewExpression':
        this.#useAll([expression.callee, ...expression.arguments], names);
        return UNKNOWN;
      case 'UnaryExpression':
      case 'UpdateExpression':
        this.#useAll([expression.argument], names);
        return UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  #memberKey(node: MemberExpression, names: Names): Origin {
    return this.#key({ key: node.property, computed: node.computed }, names);
  }

  #callExpression(node: CallExpression, names: Names): Origin {
    const { callee } = node;
    const inner = callee.type === 'ChainExpression' ? callee.expression : callee;
    if (inner.type === 'MemberExpression') return this.#methodCall(node, inner, names);
    const target = this.#value(callee, names);
    if (target.kind === 'root' && ROOT_FUNCTIONS.has(target.name)) return this.#rootCall(target.name, node, names);
    const args = node.arguments.map((arg) => this.#value(arg, names));
    if (target.kind === 'function') return this.#call(target, args);
    this.#use(target);
    args.forEach((arg) => this.#use(arg));
    return UNKNOWN;
  }

  #rootCall(name: string, node: CallExpression, names: Names): Origin {
    const [first, ...rest] = node.arguments.map((arg) => this.#value(arg, names));
    rest.forEach((arg) => this.#use(arg));
    if (name === '$item') {
      if (first) this.#use(first);
      return { kind: 'nodes', names: [undefined] };
    }
    if (!first && name === '$items') return { kind: 'list', element: { kind: 'item', node: undefined } };
    if (!first) return this.#nodes(fixed(undefined), node.start + this.#offset);
    if (first.kind !== 'fixed') this.#use(first);
    const nodes = this.#nodes(first, node.start + this.#offset);
    if (name === '$' || nodes.kind !== 'nodes') return nodes;
    return { kind: 'list', element: choice(nodes.names.map((one) => ({ kind: 'item', node: one }))) };
  }

  #methodCall(node: CallExpression, callee: MemberExpression, names: Names): Origin {
    const self = this.#value(callee.object, names);
    const [name = ''] = namesOf(this.#memberKey(callee, names)) ?? [];
    const args = node.arguments.map((arg) => this.#value(arg, names));
    if (self.kind === 'nodes') {
      if (ITEM_METHODS.has(name) || name === 'all') {
        args.forEach((arg) => this.#use(arg));
        const item = choice(self.names.map((one): Origin => ({ kind: 'item', node: one })));
        return name === 'all' ? { kind: 'list', element: item } : item;
      }
      // `$item(0).$('Name')`
      if (ROOT_FUNCTIONS.has(name)) return this.#rootCall(name, node, names);
    }
    const isObject = callee.object.type === 'Identifier' && callee.object.name === 'Object';
    const [first] = args;
    if (isObject && first && name === 'values') return { kind: 'list', element: element(first) };
    if (isObject && first && name === 'entries') {
      return { kind: 'list', element: { kind: 'tuple', elements: [UNKNOWN, element(first)] } };
    }
    return this.#listCall(self, name, args);
  }

  #listCall(self: Origin, name: string, args: readonly Origin[]): Origin {
    const one = element(self);
    const [first] = args;
    const callback = first?.kind === 'function' ? first : undefined;
    const isData = ['path', 'list', 'tuple', 'choice'].includes(self.kind);
    const isList = isData && (SAME.has(name) || ONE.has(name) || (callback !== undefined && takesCallback(name)));
    if (!isList) {
      this.#use(self);
      args.forEach((arg) => this.#use(arg));
      return UNKNOWN;
    }
    // What may be something else than data is not followed into the callback.
    const others = self.kind === 'choice' ? self.of.filter(({ kind }) => kind === 'root' || kind === 'function') : [];
    others.forEach((other) => this.#use(other));
    args.slice(callback ? 1 : 0).forEach((arg) => this.#use(arg));
    const given = FOLDED.has(name)
      ? [args[1] ?? UNKNOWN, one, UNKNOWN, self]
      : name === 'sort' || name === 'toSorted'
        ? [one, one]
        : [one, UNKNOWN, self];
    const made = callback ? this.#call(callback, given) : UNKNOWN;
    if (MADE.has(name)) return { kind: 'list', element: name === 'map' ? made : element(made) };
    if (ASKED.has(name) || FOLDED.has(name)) {
      this.#use(made);
      this.#use(one);
      return UNKNOWN;
    }
    this.#use(made);
    if (ONE.has(name)) return one;
    return SAME.has(name) ? self : UNKNOWN;
  }

  /** Reads a function's body with what its parameters stand for; gives what it may return. */
  #call({ node, names }: Extract<Origin, { kind: 'function' }>, args: readonly Origin[]): Origin {
    if (this.#calls >= MAX_CALLS) {
      this.#found.unknown('code', node.start + this.#offset);
      return UNKNOWN;
    }
    this.#calls++;
    const { params, body } = node as FunctionNode;
    const inner = new Names(names);
    params.forEach((param, i) => this.#bind(param, args[i] ?? UNKNOWN, inner));
    const made = body.type === 'BlockStatement' ? this.#block(body.body, inner) : this.#value(body, inner);
    this.#calls--;
    return made;
  }
}

/** Notes everything a parsed segment reads. */
export function readProgram(program: Program, offset: number, found: Findings): void {
  new Reader(found, offset).program(program);
}
