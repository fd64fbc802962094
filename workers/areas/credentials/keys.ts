import { dataKeyStates, type DataKeyState, dropUnused, resealSome } from '../../vault/rotation.ts';
import type { Records } from '../../vault/records.ts';
import { resealVariables } from '../../vault/variables.ts';
import type { CredentialStore } from '../../vault/store.ts';

/** Credentials sealed anew by one job; the next job goes on. */
const RESEALED_AT_ONCE = 100;

export interface KeyPorts {
  db: D1Database;
  store: CredentialStore;
  records: Records;
  now(): number;
  /** Asks for a job that calls `reseal`. */
  later(key: string): Promise<void>;
}

/** The data keys of a tenant. */
export function dataKeys({ db, store, records, now, later }: KeyPorts) {
  const states = async (): Promise<{ keys: DataKeyState[]; left: number }> => {
    const keys = await dataKeyStates(db, records.tenant);
    return { keys, left: keys.slice(1).reduce((sum, { credentials }) => sum + credentials, 0) };
  };
  return {
    states,

    /** Makes a newer key, unless the last exchange has not ended: then that one goes on. */
    async rotate() {
      const before = await states();
      const keys = await records.keys();
      const key = before.left > 0 ? await keys.current() : await keys.next();
      await later(key.id);
      return states();
    },

    /** Part of the exchange; asks for another job while something is left. */
    async reseal(): Promise<void> {
      const looked =
        (await resealSome(records, store, RESEALED_AT_ONCE)) + (await resealVariables(records, RESEALED_AT_ONCE));
      if (looked > 0) await later((await (await records.keys()).currentId()) ?? '');
      else await dropUnused(db, records.tenant, now());
    },
  };
}
