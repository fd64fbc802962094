import { at } from '../builtins/luxon-arguments.ts';
import { ExpressionError } from '../error.ts';
import { Runtime } from '../runtime.ts';
import { Builtin } from '../value/callable.ts';
import { toInt, toStr } from '../value/coerce.ts';
import { executionMode } from '../mode.ts';
import { MAKE_DATE } from '../value/price.ts';
import { View } from '../value/view.ts';
import { fromAi } from './from-ai.ts';
import { ParametersView } from './parameters.ts';
import { CustomDataView, InputView, itemsOf, nodeView, NodesView } from './views.ts';

type Root = (rt: Runtime) => unknown;

const NODE = new Builtin('$', nodeView);
const NODES = new NodesView();
const INPUT = new InputView();
const CUSTOM_DATA = new CustomDataView();

const denied =
  (name: string): Root =>
  () => {
    throw new ExpressionError('refused', `${name} is not available in expressions`);
  };

const FROM_AI = new Builtin('$fromAI', fromAi);

const ITEMS = new Builtin('$items', (rt, [name, output, run]) => {
  if (name === undefined) return rt.thaw(rt.scope.items);
  return rt.thaw(itemsOf(rt, toStr(rt, name), output ?? 0, run));
});

/** `$item(3)`: every root, as the item at that position sees it. */
class ItemView extends View {
  readonly #index: number;
  constructor(index: number) {
    super();
    this.#index = index;
  }
  member(rt: Runtime, key: string): unknown {
    return positioned(ROOTS.get(key)?.(new Runtime(rt.scope, this.#index, false, rt.compile)), this.#index);
  }
}

/** A view whose members are read at another item's position. */
class PositionedView extends View {
  readonly #view: View;
  readonly #index: number;
  constructor(view: View, index: number) {
    super();
    this.#view = view;
    this.#index = index;
  }
  member(rt: Runtime, key: string): unknown {
    return positioned(this.#view.member(new Runtime(rt.scope, this.#index, false, rt.compile), key), this.#index);
  }
}

function positioned(value: unknown, index: number): unknown {
  if (value instanceof View) return new PositionedView(value, index);
  if (!(value instanceof Builtin)) return value;
  return new Builtin(value.name, (rt, args) =>
    rt.thaw(positioned(value.invoke(new Runtime(rt.scope, index, false, rt.compile), args), index)),
  );
}

const ITEM = new Builtin('$item', (rt, [index]) => new ItemView(toInt(rt, index, 0)));

const json: Root = (rt) => rt.scope.items[rt.itemIndex]?.json;
const position: Root = (rt) => rt.itemIndex;

/** The roots that read the run. */
export const ROOTS: ReadonlyMap<string, Root> = new Map<string, Root>([
  ['$json', json],
  ['$data', json],
  ['$binary', (rt) => rt.scope.items[rt.itemIndex]?.binary ?? {}],
  ['$input', () => INPUT],
  ['$', () => NODE],
  ['$node', () => NODES],
  ['$items', () => ITEMS],
  ['$item', () => ITEM],
  ['$itemIndex', position],
  ['$position', position],
  ['$runIndex', (rt) => rt.scope.runIndex],
  [
    '$prevNode',
    (rt) => {
      const previous = rt.scope.run.previous();
      return { name: previous?.name, outputIndex: previous?.outputIndex, runIndex: previous?.runIndex };
    },
  ],
  ['$parameter', (rt) => new ParametersView(rt.scope.node.parameters)],
  ['$rawParameter', (rt) => rt.scope.node.parameters],
  ['$workflow', (rt) => ({ ...rt.scope.workflow })],
  [
    '$execution',
    ({ scope: { execution } }) => ({
      id: execution.id,
      mode: executionMode(execution.mode),
      resumeUrl: execution.resumeUrl,
      resumeFormUrl: execution.resumeFormUrl ?? execution.resumeUrl,
      customData: CUSTOM_DATA,
    }),
  ],
  ['$executionId', (rt) => rt.scope.execution.id],
  ['$resumeWebhookUrl', (rt) => rt.scope.execution.resumeUrl],
  ['$mode', (rt) => rt.scope.execution.mode],
  ['$vars', (rt) => rt.scope.vars],
  ['$env', denied('$env')],
  ['$secrets', denied('$secrets')],
  ['$evaluateExpression', denied('$evaluateExpression')],
  ['$getWorkflowStaticData', denied('$getWorkflowStaticData')],
  ['$fromAI', () => FROM_AI],
  ['$fromAi', () => FROM_AI],
  ['$fromai', () => FROM_AI],
  ['$now', (rt) => at(rt, rt.scope.nowMs)],
  [
    '$today',
    (rt) => {
      rt.charge(3 * MAKE_DATE);
      return at(rt, rt.scope.nowMs).startOf('day');
    },
  ],
  ['$nodeVersion', (rt) => rt.scope.node.version],
  ['$nodeId', (rt) => rt.scope.node.id],
]);
