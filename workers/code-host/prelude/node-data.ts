import type { CodeItem, NodeData } from './types.ts';

/** Thrown when the data of a node did not travel with the call; the runner notes the name and the call is repeated. */
class NodeDataMissing extends Error {}

/** Other nodes as the code sees them. Nothing here lives longer than one call. */
export class NodeAccess {
  readonly need: string[] = [];
  readonly #nodes: { [name: string]: NodeData };
  readonly #current: () => number;

  constructor(nodes: { [name: string]: NodeData }, current: () => number) {
    this.#nodes = nodes;
    this.#current = current;
  }

  #data(name: string): NodeData {
    const data = Object.hasOwn(this.#nodes, name) ? this.#nodes[name] : undefined;
    if (!data) {
      if (!this.need.includes(name)) this.need.push(name);
      throw new NodeDataMissing(`Data of node '${name}' is being fetched`);
    }
    if (!data.exists) throw new Error(`Referenced node doesn't exist: '${name}'`);
    return data;
  }

  #ran(name: string): NodeData {
    const data = this.#data(name);
    if (!data.runs?.length) throw new Error(`Node '${name}' hasn't been executed`);
    return data;
  }

  #items(name: string, output: number, run: number): CodeItem[] {
    const runs = this.#ran(name).runs ?? [];
    const at = run < 0 ? runs.length - 1 : run;
    const chosen = runs[at];
    if (!chosen) throw new Error(`Node '${name}' has no run ${run}`);
    return chosen.outputs[output] ?? [];
  }

  #paired(name: string, itemIndex: number): CodeItem {
    const data = this.#ran(name);
    const at = data.paired?.[itemIndex];
    const found = at ? data.runs?.[at[0]]?.outputs[at[1]]?.[at[2]] : undefined;
    if (!found) throw new Error(`Can't determine which item of node '${name}' to use for item ${itemIndex}`);
    return found;
  }

  /** `$('Name')`. */
  readonly node = (name: string): object => {
    // Asking at once makes a missing name an error here, where the author wrote it.
    this.#data(name);
    const items = (output = 0, run = -1): CodeItem[] => this.#items(name, output, run);
    const paired = (index = this.#current()): CodeItem => this.#paired(name, index);
    const data = (): NodeData => this.#data(name);
    return {
      all: items,
      first: (output = 0, run = -1) => items(output, run)[0],
      last: (output = 0, run = -1) => items(output, run).at(-1),
      get item() {
        return paired();
      },
      itemMatching: paired,
      pairedItem: paired,
      get isExecuted() {
        return (data().runs?.length ?? 0) > 0;
      },
      get params() {
        return data().parameters ?? {};
      },
      get context() {
        return data().context ?? {};
      },
    };
  };

  /** `$node["Name"]`, the old form: the item at the same index (or at `index`), else the first. */
  byName(index?: number): object {
    return new Proxy(Object.create(null) as object, {
      get: (_target, name) => {
        if (typeof name !== 'string') return undefined;
        const data = this.#data(name);
        const at = (): CodeItem | undefined => {
          const items = this.#items(name, 0, -1);
          return items[index ?? this.#current()] ?? items[0];
        };
        return {
          get json() {
            return at()?.json;
          },
          // its name in n8n's first files
          get data() {
            return at()?.json;
          },
          get binary() {
            return at()?.binary ?? {};
          },
          get runIndex() {
            return (data.runs?.length ?? 0) - 1;
          },
          parameter: data.parameters ?? {},
          context: data.context ?? {},
        };
      },
      has: (_target, name) => typeof name === 'string' && this.#data(name).exists,
    });
  }

  /** `$items("Name", output, run)`. */
  readonly items = (name: string, output = 0, run = -1): CodeItem[] => this.#items(name, output, run);
}
