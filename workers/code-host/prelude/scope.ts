import { NAMES } from './names.ts';
import { NodeAccess } from './node-data.ts';
import { requireModule } from './modules.ts';
import type { CallMeta, CodeItem, Luxon, NodeData } from './types.ts';

type Name = (typeof NAMES)[number];

const helper = (name: string) => (): never => {
  throw new Error(`this.helpers.${name} is not available in code; use a node for it`);
};

/** What one call's code can read. `at(index)` moves the per-item names on; items run one after the other. */
export class Scope {
  readonly nodes: NodeAccess;
  /** `this` of the author's code. */
  readonly self: object;
  #index = 0;
  readonly #values: { [name in Name]?: unknown } = Object.create(null) as { [name in Name]?: unknown };
  readonly #items: CodeItem[];
  readonly #each: boolean;

  constructor(given: {
    meta: CallMeta;
    items: CodeItem[];
    nodes: { [name: string]: NodeData };
    console: object;
    luxon?: Luxon;
  }) {
    const { meta, items, luxon } = given;
    this.#items = items;
    this.#each = meta.mode === 'each';
    this.nodes = new NodeAccess(given.nodes, () => this.#index);
    const values = this.#values;
    const current = (): CodeItem | undefined => items[this.#index];
    const staticData: { [kind: string]: object } = Object.create(null) as { [kind: string]: object };
    const getStaticData = (kind = 'global'): object => (staticData[kind] ??= {});
    values.$input = {
      all: () => items,
      first: () => items[0],
      last: () => items.at(-1),
      get item() {
        return current();
      },
      params: meta.node.parameters,
      context: {},
    };
    values.items = items;
    values.$ = this.nodes.node;
    values.$node = this.nodes.byName;
    values.$items = (name?: string, output?: number, run?: number) =>
      name === undefined ? items : this.nodes.items(name, output, run);
    values.$item = (index: number) => ({ $json: items[index]?.json, $binary: items[index]?.binary ?? {} });
    values.$runIndex = meta.runIndex;
    values.$prevNode = meta.previous ?? {};
    values.$workflow = meta.workflow;
    values.$execution = { ...meta.execution, customData: { set: () => undefined, get: () => undefined } };
    values.$mode = meta.execution.mode;
    values.$vars = meta.vars;
    values.$env = {};
    values.$parameter = meta.node.parameters;
    values.$nodeVersion = meta.node.version;
    values.$getWorkflowStaticData = getStaticData;
    values.getWorkflowStaticData = getStaticData;
    values.$if = (test: unknown, yes: unknown, no: unknown) => (test ? yes : no);
    values.$ifEmpty = (value: unknown, other: unknown) => (isEmpty(value) ? other : value);
    values.$min = Math.min;
    values.$max = Math.max;
    values.console = given.console;
    values.require = requireModule(luxon);
    if (luxon) {
      luxon.Settings.defaultZone = meta.zone;
      values.luxon = luxon;
      values.DateTime = luxon.DateTime;
      values.Duration = luxon['Duration'];
      values.Interval = luxon['Interval'];
      const now = luxon.DateTime.fromMillis(meta.nowMs, { zone: meta.zone });
      values.$now = now;
      values.$today = now.startOf('day');
    }
    this.self = {
      getWorkflowStaticData: getStaticData,
      getNodeParameter: (name: string) => meta.node.parameters[name],
      getInputData: () => items,
      getMode: () => meta.execution.mode,
      getTimezone: () => meta.zone,
      getWorkflow: () => meta.workflow,
      getExecutionId: () => meta.execution.id,
      helpers: {
        httpRequest: helper('httpRequest'),
        request: helper('request'),
        getBinaryDataBuffer: helper('getBinaryDataBuffer'),
        prepareBinaryData: helper('prepareBinaryData'),
      },
    };
  }

  /** Values for `NAMES` while item `index` is the current one. */
  at(index: number): unknown[] {
    this.#index = index;
    const values = this.#values;
    const item = this.#items[index];
    values.item = item;
    values.$json = item?.json ?? {};
    values.$binary = item?.binary ?? {};
    values.$itemIndex = this.#each ? index : 0;
    values.$position = values.$itemIndex;
    values.$thisItem = item;
    return NAMES.map((name) => values[name]);
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && !(value instanceof Date) && Object.keys(value).length === 0;
}
