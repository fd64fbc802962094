import type { JsonObject } from '../../../core/data/item.ts';
import { tenantOf } from '../../../durable-objects/stubs.ts';
import type { TenantProfile } from '../../../durable-objects/tenant/protocol.ts';
import { Answer } from '../../kit/answer.ts';
import { area, subscription } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { problemsOf } from '../../kit/problem.ts';
import { valueOf } from '../../kit/refusal.ts';
import { forgetRoutes } from '../../kit/route-table.ts';
import { eraseDue } from '../../lifecycle/erase.ts';
import { exportTenant } from '../../lifecycle/export.ts';
import { importArchive } from '../../lifecycle/import.ts';
import { pictureType } from '../../lifecycle/picture.ts';
import { standingOf } from '../../lifecycle/standing.ts';
import { logoKey } from '../../pages/brand.ts';
import { contract, errors } from './contract.ts';
import type { Organization } from './contract.ts';
import { organizationDue } from './events.ts';

const problem = problemsOf(errors);

function shown(profile: TenantProfile): Organization {
  const { suspended: _, shards: __, egress: ___, ...rest } = profile;
  return rest;
}

const read = async ({ env, tenant }: Context): Promise<TenantProfile> => valueOf(await tenantOf(env, tenant).profile());

const owner = ({ actor }: Context) => ({ by: 'owner', id: actor.id }) as const;

/** Settings as the audit log hashes them. */
const settings = ({ name, branding, retentionDays, auditDays, standing }: TenantProfile): JsonObject => ({
  name,
  branding: JSON.parse(JSON.stringify(branding)) as JsonObject,
  retentionDays,
  auditDays,
  standing,
});

async function changed(context: Context, work: () => Promise<TenantProfile>): Promise<Organization> {
  const before = await read(context);
  const after = await work();
  context.touched({ target: context.tenant, before: settings(before), after: settings(after) });
  return shown(after);
}

async function setLogo(context: Context, logo: string | undefined): Promise<TenantProfile> {
  const { branding } = await read(context);
  const after = valueOf(await tenantOf(context.env, context.tenant).configure({ branding: { ...branding, logo } }));
  forgetRoutes(context.tenant);
  return after;
}

const organization = area('organization', contract, errors).handle(
  {
    get: async (_, context) => shown(await read(context)),
    change: ({ body }, context) =>
      changed(context, async () => {
        const { branding: wanted, ...rest } = body;
        const { logo } = (await read(context)).branding;
        const branding = wanted && { ...wanted, ...(logo === undefined ? {} : { logo }) };
        const after = valueOf(await tenantOf(context.env, context.tenant).configure({ ...rest, branding }));
        forgetRoutes(context.tenant);
        return after;
      }),
    logo: ({ body }, context) =>
      changed(context, async () => {
        const type = pictureType(body);
        if (type === undefined) throw problem('logo-invalid', { hint: 'Send a PNG, JPEG, GIF or WebP file.' });
        await context.env.FILES.put(logoKey(context.tenant), body, { httpMetadata: { contentType: type } });
        return setLogo(context, type);
      }),
    removeLogo: (_, context) =>
      changed(context, async () => {
        const after = await setLogo(context, undefined);
        await context.env.FILES.delete(logoKey(context.tenant));
        return after;
      }),
    suspend: ({ body }, context) =>
      changed(context, () => standingOf(context.env, context.tenant).suspend(owner(context), body?.reason ?? '')),
    resume: (_, context) => changed(context, () => standingOf(context.env, context.tenant).resume(owner(context))),
    remove: async ({ body }, context) => {
      const { env, tenant, origin, emit } = context;
      if (body.confirm !== tenant) {
        throw problem('confirmation-wrong', {
          errors: [{ pointer: '/confirm', code: 'confirmation-wrong', message: 'This is not its id' }],
          hint: 'Send the id of the organization, as GET /v1/organization shows it.',
        });
      }
      const before = await read(context);
      const { deleteAt, receipt } = await standingOf(env, tenant).remove(owner(context), body.graceDays);
      context.touched({ target: tenant, before: settings(before), after: { deleteAt } });
      if (body.graceDays === 0) await emit(organizationDue, { at: deleteAt });
      return { deleteAt, certificate: `${origin}/erasures/${receipt}` };
    },
    export: (_, { env, tenant }) => {
      const name = `${tenant}-${new Date().toISOString().slice(0, 10)}.zip`;
      const headers = { 'content-disposition': `attachment; filename="${name}"` };
      const response = new Response(exportTenant(env, tenant), { headers: { 'content-type': 'application/zip' } });
      return Answer.stream(response, { headers });
    },
    import: async ({ body, query }, context) => {
      const done = await importArchive(context, body, query.people === 'invite');
      context.touched({ target: context.tenant, after: { imported: done.imported } });
      return done;
    },
    restore: (_, context) => changed(context, () => standingOf(context.env, context.tenant).restore(owner(context))),
  },
  [
    subscription(organizationDue, async (_, { env, now }) => {
      await eraseDue(env, now());
    }),
  ],
);

export { organization as area };
