import { CustomData } from './custom-data.ts';
import { helpersFor } from './helpers.ts';
import { fetchBy } from './http.ts';
import { requireModule } from './modules.ts';
import { NAMES } from './names.ts';
import { NodeAccess } from './node-data.ts';
import type { Outside } from './outside.ts';
import { denied, Refusal } from './refusal.ts';
import type { StaticData } from './static-data.ts';
import type { CallMeta, CodeItem, Libraries, NodeData } from './types.ts';

type Name = (typeof NAMES)[number];
type Values = { [name in Name]?: unknown };

export interface Surroundings {
  meta: CallMeta;
  items: CodeItem[];
  nodes: { [name: string]: NodeData };
  console: object;
  libraries: Libraries;
  staticData: StaticData;
  outside: Outside;
}

function dates(values: Values, { meta, libraries: { luxon } }: Surroundings): void {
  if (!luxon) return;
  luxon.Settings.defaultZone = meta.zone;
  values.luxon = luxon;
  values.DateTime = luxon.DateTime;
  values.Duration = luxon['Duration'];
  values.Interval = luxon['Interval'];
  const now = luxon.DateTime.fromMillis(meta.nowMs, { zone: meta.zone });
  values.$now = now;
  values.$today = now.startOf('day');
}

/** What one call's code can read. `at(index)` moves the per-item names on; items run one after the other. */
export class Scope {
  readonly nodes: NodeAccess;
  /** Facts the code noted about the run. */
  readonly customData = new CustomData();
  /** `this` of the author's code. */
  readonly self: object;
  #index = 0;
  readonly #values: Values = Object.create(null) as Values;
  readonly #items: CodeItem[];
  readonly #each: boolean;

  constructor(given: Surroundings) {
    const { meta, items, libraries, outside } = given;
    this.#items = items;
    this.#each = meta.mode === 'each';
    this.nodes = new NodeAccess(given.nodes, () => this.#index);
    this.#about(meta);
    this.#reading(given);
    dates(this.#values, given);
    const values = this.#values;
    const helpers = helpersFor(outside, items);
    values.console = given.console;
    values.require = requireModule(libraries);
    values.fetch = fetchBy(outside);
    values.$helpers = helpers;
    values.helpers = helpers;
    const getNodeParameter = (name: string): unknown => meta.node.parameters[name];
    const evaluateExpression = (): never => {
      throw new Refusal('code-error', 'Expressions are not evaluated in code: write JavaScript, e.g. $json.name');
    };
    values.getNodeParameter = getNodeParameter;
    values.$evaluateExpression = evaluateExpression;
    const getStaticData = given.staticData.get;
    values.$getWorkflowStaticData = getStaticData;
    values.getWorkflowStaticData = getStaticData;
    this.self = {
      getWorkflowStaticData: getStaticData,
      getNodeParameter,
      evaluateExpression,
      getNode: () => meta.node,
      getInputData: () => items,
      getMode: () => meta.runMode,
      getTimezone: () => meta.zone,
      getWorkflow: () => meta.workflow,
      getExecutionId: () => meta.execution.id,
      helpers,
    };
  }

  #about(meta: CallMeta): void {
    const values = this.#values;
    values.$runIndex = meta.runIndex;
    values.$prevNode = meta.previous ?? {};
    values.$workflow = meta.workflow;
    values.$execution = { ...meta.execution, customData: this.customData.api(meta.customData) };
    values.$mode = meta.runMode;
    values.$vars = meta.vars;
    values.$env = denied('access to env vars denied');
    values.$secrets = denied('access to secrets denied: code never holds credentials');
    values.$parameter = meta.node.parameters;
    values.$nodeVersion = meta.node.version;
    values.$nodeId = meta.node.id;
  }

  #reading({ meta, items, libraries: { jmespath } }: Surroundings): void {
    const values = this.#values;
    const current = (): CodeItem | undefined => items[this.#index];
    values.$input = {
      all: () => items,
      first: () => items[0],
      last: () => items.at(-1),
      itemMatching: (index: number) => items[index],
      get item() {
        return current();
      },
      params: meta.input?.params ?? {},
      context: meta.input?.context ?? {},
    };
    values.items = items;
    values.$ = this.nodes.node;
    values.$node = this.nodes.byName();
    values.$items = (name?: string, output?: number, run?: number) =>
      name === undefined ? items : this.nodes.items(name, output, run);
    values.$item = (index: number) => ({
      $json: items[index]?.json,
      $binary: items[index]?.binary ?? {},
      $node: this.nodes.byName(index),
      $itemIndex: index,
    });
    const search = (data: unknown, expression: unknown): unknown => jmespath?.search(data, expression);
    values.$jmespath = search;
    values.$jmesPath = search;
    values.$if = (test: unknown, yes: unknown, no: unknown) => (test ? yes : no);
    values.$ifEmpty = (value: unknown, other: unknown) => (isEmpty(value) ? other : value);
    values.$min = Math.min;
    values.$max = Math.max;
    values.getBinaryData = () => current()?.binary;
    values.getBinaryDataAsync = async () => current()?.binary;
    const setBinaryData = (files: CodeItem['binary']): void => {
      const item = current();
      if (item && files) item.binary = files;
    };
    values.setBinaryData = setBinaryData;
    values.setBinaryDataAsync = async (...given: unknown[]) => setBinaryData(given.at(-1) as CodeItem['binary']);
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
