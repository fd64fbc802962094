import type { Item } from '../../data/item.ts';
import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import type { NodeRunView } from '../scope.ts';
import { Builtin } from '../value/callable.ts';
import { toInt, toStr } from '../value/coerce.ts';
import { View } from '../value/view.ts';

const quoted = (name: string): string => `'${name.slice(0, 100)}'`;

/** A method of a view. Its result is data, so it is thawed like any other read. */
export const method = (name: string, run: (rt: Runtime, args: readonly unknown[]) => unknown): Builtin =>
  new Builtin(name, (rt, args) => rt.thaw(run(rt, args)));

export function need(rt: Runtime, name: string): void {
  if (!rt.scope.run.has(name)) {
    throw new ExpressionError('unknown-node', `There is no node called ${quoted(name)} in this workflow`);
  }
}

/** The run asked for, or the last; throws when the node has not run. */
export function runOf(rt: Runtime, name: string, index?: unknown): NodeRunView {
  need(rt, name);
  const runs = rt.scope.run.runs(name);
  const wanted = index === undefined || index === null ? undefined : toInt(rt, index, 0);
  const found =
    wanted === undefined ? runs[runs.length - 1] : (runs.find((run) => run.runIndex === wanted) ?? runs.at(wanted));
  if (!found) throw new ExpressionError('not-executed', `The node ${quoted(name)} has not been executed`);
  return found;
}

/** Items of one output. Without a branch it is the output that feeds this node, if that is known. */
export function itemsOf(rt: Runtime, name: string, branch?: unknown, run?: unknown): readonly Item[] {
  const view = runOf(rt, name, run);
  const previous = branch === undefined || branch === null ? rt.scope.run.previous() : undefined;
  const output = previous?.name === name ? previous.outputIndex : toInt(rt, branch ?? undefined, 0);
  return view.outputs[output] ?? [];
}

function itemAt(rt: Runtime, name: string, index: number): Item {
  const items = itemsOf(rt, name);
  const item = items[index];
  if (!item) {
    throw new ExpressionError(
      'no-item',
      `The node ${quoted(name)} gave ${items.length} items: there is none at ${index}`,
    );
  }
  return item;
}

export function pairedItem(rt: Runtime, name: string, index: number): Item {
  const item = rt.scope.run.paired(name, index);
  if (item) return item;
  runOf(rt, name);
  throw new ExpressionError(
    'no-paired-item',
    `Item ${index} cannot be traced back to one item of the node ${quoted(name)}`,
  );
}

/** `$('Name')`. */
class NodeView extends View {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }

  member(rt: Runtime, key: string): unknown {
    const name = this.#name;
    switch (key) {
      case 'item':
        return pairedItem(rt, name, rt.itemIndex);
      case 'first':
        return method(key, (inner, [branch, run]) => itemsOf(inner, name, branch, run)[0]);
      case 'last':
        return method(key, (inner, [branch, run]) => itemsOf(inner, name, branch, run).at(-1));
      case 'all':
        return method(key, (inner, [branch, run]) => itemsOf(inner, name, branch, run));
      case 'itemMatching':
      case 'pairedItem':
        return method(key, (inner, [index]) => pairedItem(inner, name, toInt(inner, index, inner.itemIndex)));
      case 'isExecuted':
        return rt.scope.run.runs(name).length > 0;
      case 'params':
        return rt.scope.run.parameters(name);
      case 'context':
        return rt.scope.run.context(name);
      case 'name':
        return name;
      default:
        return undefined;
    }
  }
}

/** `$node["Name"]`: the older form, which takes the item at the same position. */
class LegacyNodeView extends View {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }

  member(rt: Runtime, key: string): unknown {
    switch (key) {
      case 'json':
      case 'data': // its name in n8n's first files
        return itemAt(rt, this.#name, rt.itemIndex).json;
      case 'binary':
        return itemAt(rt, this.#name, rt.itemIndex).binary;
      case 'parameter':
        return rt.scope.run.parameters(this.#name);
      case 'runIndex':
        return runOf(rt, this.#name).runIndex;
      case 'context':
        return rt.scope.run.context(this.#name);
      default:
        return undefined;
    }
  }
}

/** `$node`. */
export class NodesView extends View {
  member(rt: Runtime, key: string): unknown {
    need(rt, key);
    return new LegacyNodeView(key);
  }
}

/** `$input`. */
export class InputView extends View {
  override keys(): readonly string[] {
    return ['item', 'params', 'context'];
  }

  member(rt: Runtime, key: string): unknown {
    const { items, run } = rt.scope;
    switch (key) {
      case 'item':
        return items[rt.itemIndex];
      case 'first':
        return method(key, () => items[0]);
      case 'last':
        return method(key, () => items.at(-1));
      case 'all':
        return method(key, () => items);
      case 'params': {
        const previous = run.previous();
        return previous && run.parameters(previous.name);
      }
      case 'context': {
        const previous = run.previous();
        return previous && run.context(previous.name);
      }
      default:
        return undefined;
    }
  }
}

/** `$execution.customData`: facts noted about the run. Nodes note them; expressions read. */
export class CustomDataView extends View {
  member(rt: Runtime, key: string): unknown {
    const facts = rt.scope.execution.customData ?? {};
    switch (key) {
      case 'get':
        return method(key, (inner, [name]) => {
          const wanted = toStr(inner, name);
          return Object.hasOwn(facts, wanted) ? facts[wanted] : undefined;
        });
      case 'getAll':
        return method(key, () => ({ ...facts }));
      case 'set':
      case 'setAll':
        throw new ExpressionError('unsupported', `$execution.customData.${key} works in Code and Execution Data nodes`);
      default:
        return undefined;
    }
  }
}

export const nodeView = (rt: Runtime, args: readonly unknown[]): NodeView => {
  const name = toStr(rt, args[0]);
  need(rt, name);
  return new NodeView(name);
};
