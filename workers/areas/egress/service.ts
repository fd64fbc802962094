import { readEntry } from '../../../core/egress/entry.ts';
import type { EgressRules } from '../../../durable-objects/tenant/protocol.ts';
import { refuseFaults } from '../../kit/validate.ts';
import type { Policy } from './contract.ts';

export interface EgressPorts {
  rules(): Promise<EgressRules>;
  keep(rules: EgressRules): Promise<void>;
}

export interface Wanted {
  deny: string[];
  only: string[];
  maxResponseBytes?: number | undefined;
  timeoutMs?: number | undefined;
}

/** What a tenant may change of its rules: it narrows. Private services are the operator's to open. */
export function egressService({ rules, keep }: EgressPorts) {
  return {
    get: async (): Promise<Policy> => shown(await rules()),

    async replace({ deny, only, maxResponseBytes, timeoutMs }: Wanted): Promise<{ before: Policy; after: Policy }> {
      const before = await rules();
      const after: EgressRules = {
        allow: before.allow,
        deny: entriesOf(deny, 'deny'),
        only: entriesOf(only, 'only'),
        ...(maxResponseBytes === undefined ? {} : { maxResponseBytes }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      };
      await keep(after);
      return { before: shown(before), after: shown(after) };
    },
  };
}

function entriesOf(texts: readonly string[], list: string): string[] {
  const read = texts.map(readEntry);
  refuseFaults(
    read.flatMap((entry, at) =>
      entry === undefined
        ? [
            {
              pointer: `/${list}/${at}`,
              message: 'This is no host, address or range',
              hint: 'Like example.com, *.example.com, example.com:8443, 10.0.0.0/8 or *.',
            },
          ]
        : [],
    ),
  );
  return [...new Set(read.filter((entry) => entry !== undefined))];
}

const shown = ({ allow, deny, only = [], maxResponseBytes, timeoutMs }: EgressRules): Policy => ({
  private: [...allow],
  deny: [...deny],
  only: [...only],
  maxResponseBytes: maxResponseBytes ?? null,
  timeoutMs: timeoutMs ?? null,
});
