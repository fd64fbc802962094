import type { z } from 'zod';
import { type AuditNote, outcomeOf } from '../../core/audit/entry.ts';
import { canonical } from '../../core/data/canonical.ts';
import type { Json } from '../../core/data/item.ts';
import { auditOf, isTenantId, tenantOf } from '../../durable-objects/stubs.ts';
import type { TenantProfile } from '../../durable-objects/tenant/protocol.ts';
import type { Env } from '../env.ts';
import { readJson } from '../kit/body.ts';
import { sha256Hex } from '../kit/digest.ts';
import { common } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { refuseFaults, validate } from '../kit/validate.ts';

/** One call by who holds the deployment's key. */
export interface OperatorCall {
  request: Request;
  env: Env;
  requestId: string;
  url: URL;
  /** What the address names, in its order. */
  params: string[];
}

/** How organisations, and their audit logs, know the operator. */
export const OPERATOR = { by: 'operator', id: 'deployment' } as const;

export async function bodyOf<S extends z.ZodType>({ request }: OperatorCall, schema: S): Promise<z.output<S>> {
  const faults: Fault[] = [];
  const body = await validate(schema, (await readJson(request, 'refused')) ?? {}, 'body', faults);
  refuseFaults(faults);
  return body as z.output<S>;
}

/** @throws Problem `tenant-unknown`. */
export async function profileOf({ env }: OperatorCall, tenant: string): Promise<TenantProfile> {
  if (!isTenantId(tenant)) throw common('not-found', { detail: 'This is no organisation’s id.' });
  return valueOf(await tenantOf(env, tenant).profile());
}

/** As the audit log has it of what was there before or after. */
export const jsonHash = (of: object): Promise<string> => sha256Hex(canonical(of as Json));

/** Writes into an organisation's own audit log what was done to it. */
export async function record(
  { env, requestId }: OperatorCall,
  tenant: string,
  note: Pick<AuditNote, 'action'> & Partial<Pick<AuditNote, 'target' | 'before' | 'after'>>,
): Promise<void> {
  const actor = { kind: OPERATOR.by, id: OPERATOR.id };
  const done = { at: Date.now(), actor, status: 200, outcome: outcomeOf(200), requestId };
  await auditOf(env, tenant).append([{ target: tenant, ...done, ...note }]);
}
