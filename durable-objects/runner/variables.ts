import type { JsonObject } from '../../core/data/item.ts';
import { environmentOf } from '../../core/environment/reference.ts';
import type { RunnerStore } from './store.ts';

/** Variables by environment and name, as expressions see them: of a secret one its placeholder. */
export type VariableTable = Record<string, JsonObject>;

const NONE: JsonObject = {};
const META = 'variables';

/**
 * The tenant's variables, at hand without waiting: expressions are evaluated in the middle of a turn. They are kept with
 * the runner, so that one that starts has them at once, and fetched again whenever somebody says that they changed.
 */
export class Variables {
  private readonly store: RunnerStore;
  private readonly fetchAll: () => Promise<string>;
  private table: VariableTable | undefined;
  private flight: Promise<void> | undefined;
  /** Somebody changed them while a fetch was under way: what it brings may be older. */
  private isStale = false;

  constructor(store: RunnerStore, fetchAll: () => Promise<string>) {
    this.store = store;
    this.fetchAll = fetchAll;
    const kept = store.meta(META);
    this.table = kept === undefined ? undefined : (JSON.parse(kept) as VariableTable);
  }

  /** For a shard's first start; later ones have what they kept. */
  async load(): Promise<void> {
    if (!this.table) await this.refresh();
  }

  of(version: string): JsonObject {
    const environment = environmentOf(version);
    const { table } = this;
    return table && Object.hasOwn(table, environment) ? (table[environment] ?? NONE) : NONE;
  }

  /** Resolves when a fetch that began after this call is in force. */
  async refresh(): Promise<void> {
    if (this.flight) {
      this.isStale = true;
      return this.flight;
    }
    this.flight = this.run().finally(() => (this.flight = undefined));
    return this.flight;
  }

  private async run(): Promise<void> {
    do {
      this.isStale = false;
      // text, because a variable may be called `__proto__`: JSON.parse makes it a property like any other
      const text = await this.fetchAll();
      this.table = JSON.parse(text) as VariableTable;
      if (this.store.meta(META) !== text) this.store.setMeta(META, text);
    } while (this.isStale);
  }
}
