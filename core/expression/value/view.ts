import type { Runtime } from '../runtime.ts';

/** A host-made object whose members are computed by name: `$input`, `$('Node')`, … Nothing else of it is readable. */
export abstract class View {
  /** The member, or undefined when there is none of that name. */
  abstract member(rt: Runtime, key: string): unknown;
  /** Names listed by `Object.keys` and JSON. */
  keys(): readonly string[] {
    return [];
  }
}
