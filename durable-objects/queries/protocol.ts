import type { Erased } from '../kit/erase.ts';
import type { JsonObject } from '../../core/data/item.ts';
import type { SqlPayload } from '../../core/sql/payload.ts';
import type { Outcome } from '../runner/protocol.ts';

/** RPC surface of the object that runs authors' queries. Stateless: nothing outlives a call. */
export interface QueriesRpc {
  run(call: SqlPayload): Promise<Outcome<JsonObject[]>>;
  /** Deletes everything this object holds. */
  erase(): Promise<Erased>;
}
