import type { Runtime } from '../runtime.ts';

/** A method of the allow-list. `self` has the type the table is for. */
export type Method = (rt: Runtime, self: unknown, args: readonly unknown[]) => unknown;
export type MethodTable = ReadonlyMap<string, Method>;

export interface Type {
  methods: MethodTable;
  /** Computed data members, such as `DateTime#year`. */
  get?(rt: Runtime, self: object, key: string): unknown;
}

type Run<Self> = (rt: Runtime, self: Self, args: readonly unknown[]) => unknown;

/**
 * Builds a table for one type. The cast is sound because `typeOf` chooses the table by the type of `self`
 * just before every call. Names that every object has (`toString`, `valueOf` …) get no contextual type: annotate them.
 */
export function methods<Self>(table: Record<string, Run<Self>>): MethodTable {
  return new Map(Object.entries(table) as [string, Method][]);
}

/** Later tables win. */
export function mergeTables(...tables: MethodTable[]): MethodTable {
  return new Map(tables.flatMap((table) => [...table]));
}
