import { z } from 'zod';
import { readEntry } from '../../core/egress/entry.ts';
import { isTenantId, tenantOf } from '../../durable-objects/stubs.ts';
import { common, type Fault } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { refuseFaults } from '../kit/validate.ts';
import { bodyOf, jsonHash, profileOf, record } from './call.ts';
import type { OperatorCall } from './call.ts';

const Body = z.strictObject({ private: z.array(z.string().max(260)).max(500) });

/** `PUT /internal/egress?tenant=`: private services and refused ports that a tenant's workflows may reach all the same. */
export async function openEgress(call: OperatorCall) {
  const tenant = call.url.searchParams.get('tenant') ?? '';
  if (!isTenantId(tenant)) throw common('input-invalid', { hint: 'Give tenant, the id of an organisation.' });
  const { egress } = await profileOf(call, tenant);
  const body = await bodyOf(call, Body);
  const faults: Fault[] = [];
  const allow = body.private.map((text, at) => {
    const entry = readEntry(text);
    if (entry === undefined || entry === '*') {
      faults.push({ pointer: `/private/${at}`, message: 'This is no host, address or range' });
    }
    return entry ?? '';
  });
  refuseFaults(faults);
  const rules = { ...egress, allow };
  valueOf(await tenantOf(call.env, tenant).setEgress(rules));
  await record(call, tenant, {
    action: 'operator.set-egress',
    before: await jsonHash(egress),
    after: await jsonHash(rules),
  });
  return { tenant, private: allow };
}
