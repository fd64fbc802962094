import type { Json, JsonObject } from '../../data/item.ts';
import { ExpressionError } from '../error.ts';
import type { Runtime } from '../runtime.ts';
import { hasOwn } from '../value/plain.ts';
import { View } from '../value/view.ts';

/** Parameters that refer to parameters that refer …: deeper is a circle. */
const MAX_NESTED = 10;
/** Steps of one parameter evaluated for another. */
const PARAMETER = 50;

function valueOf(rt: Runtime, value: Json | undefined): unknown {
  if (typeof value === 'string' && value.startsWith('=')) {
    const { scope, itemIndex } = rt;
    const nested = (scope.nested ?? 0) + 1;
    if (nested > MAX_NESTED) throw new ExpressionError('limit', 'The parameters of this node refer to each other');
    rt.charge(PARAMETER + (value.length >> 2));
    return rt.compile(value).at({ ...scope, itemIndex, nested });
  }
  if (Array.isArray(value)) {
    rt.places(value.length);
    return value.map((inner) => valueOf(rt, inner));
  }
  return typeof value === 'object' && value !== null ? new ParametersView(value) : value;
}

/** `$parameter`: the node's own parameters, each evaluated when it is read. Its text is the author's, never data. */
export class ParametersView extends View {
  readonly #parameters: JsonObject;

  constructor(parameters: JsonObject) {
    super();
    this.#parameters = parameters;
  }

  member(rt: Runtime, key: string): unknown {
    return hasOwn(this.#parameters, key) ? valueOf(rt, this.#parameters[key]) : undefined;
  }

  override keys(): readonly string[] {
    return Object.keys(this.#parameters);
  }

  /** As written. */
  override json(): JsonObject {
    return this.#parameters;
  }
}
