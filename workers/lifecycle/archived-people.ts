import { z } from 'zod';
import { Scope } from '../areas/roles/contract.ts';
import { common } from '../kit/problem.ts';
import { linesOf } from './archive.ts';

const Id = z.string().regex(/^[\w-]{1,100}$/);
const Name = z.string().trim().min(1).max(100);
const Moment = z.number().int().min(0);
const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const Scopes = z.array(Scope).min(1).max(200);

const Person = z
  .object({ id: Id, email: Email, role: Id })
  .transform(({ id, email, role }) => ({ user: id, email, role }));
const Invitation = z.object({ email: Email, role: Id });
const Role = z
  .object({ id: Id, name: Name, scopes: z.string().max(40_000), created_at: Moment, updated_at: Moment })
  .transform(({ scopes, created_at: createdAt, updated_at: updatedAt, ...rest }, context) => {
    const read = Scopes.safeParse(jsonOf(scopes));
    if (read.success) return { ...rest, scopes: read.data, createdAt, updatedAt };
    context.addIssue('its scopes are not scopes');
    return z.NEVER;
  });
const Account = z
  .object({ id: Id, name: Name, role: Id, disabled_at: Moment.nullable(), created_at: Moment })
  .transform(({ disabled_at: disabledAt, created_at: createdAt, ...rest }) => ({ ...rest, disabledAt, createdAt }));
const Grant = z
  .object({
    id: Id,
    principal_kind: z.enum(['member', 'service']),
    principal_id: Id,
    role: Id,
    on_kind: z.enum(['organization', 'project', 'workflow', 'credential', 'table']),
    on_id: Id,
    starts_at: Moment.nullable(),
    ends_at: Moment.nullable(),
  })
  .transform((row) => ({
    id: row.id,
    principalKind: row.principal_kind,
    principalId: row.principal_id,
    role: row.role,
    onKind: row.on_kind,
    onId: row.on_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }));

export type ArchivedGrant = z.output<typeof Grant>;

/** Who had what in the organisation that an export is of. */
export interface Archived {
  people: z.output<typeof Person>[];
  invitations: z.output<typeof Invitation>[];
  roles: z.output<typeof Role>[];
  accounts: z.output<typeof Account>[];
  grants: ArchivedGrant[];
}

/** @throws Problem `input-invalid` that says where. */
export function archivedPeople(files: ReadonlyMap<string, Uint8Array>): Archived {
  const read = <S extends z.ZodType>(name: string, schema: S): z.output<S>[] =>
    linesOf(files, name).map((row, at) => {
      const parsed = schema.safeParse(row);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw common('input-invalid', {
        detail: `${name}, line ${at + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
        hint: 'Import the file as an export gave it.',
      });
    });
  return {
    people: read('people.ndjson', Person),
    invitations: read('records/invitations.ndjson', Invitation),
    roles: read('records/roles.ndjson', Role),
    accounts: read('records/service_accounts.ndjson', Account),
    grants: read('records/grants.ndjson', Grant),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
