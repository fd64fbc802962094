import type { JsonObject } from '../../data/item.ts';
import type { Runtime } from '../runtime.ts';

/** A host-made object whose members are computed by name: `$input`, `$('Node')`, a URL … Nothing else is readable. */
export abstract class View {
  /** The member, or undefined when there is none of that name. */
  abstract member(rt: Runtime, key: string): unknown;
  /** Names listed by `Object.keys` and JSON. */
  keys(): readonly string[] {
    return [];
  }
  /** What `String(view)` gives. */
  text(): string {
    return '[object Object]';
  }
  /** What `for … of` and spread go through; undefined when it is not iterable. */
  list(): readonly unknown[] | undefined {
    return undefined;
  }
  /** What JSON shows. */
  json(): string | JsonObject {
    return {};
  }
}
