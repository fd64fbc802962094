import { and, count, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { variables } from './tables.ts';

export interface VariableRow {
  environment: string;
  name: string;
  value: string | null;
  keyId: string | null;
  secret: boolean;
  description: string;
  updatedAt: number;
}

export type VariableStore = ReturnType<typeof d1Variables>;

/** Variables of one tenant, of all its environments. */
export function d1Variables(db: D1Database, tenant: string) {
  const orm = drizzle(db);
  const columns = {
    environment: variables.environment,
    name: variables.name,
    value: variables.value,
    keyId: variables.keyId,
    secret: variables.secret,
    description: variables.description,
    updatedAt: variables.updatedAt,
  };
  const mine = eq(variables.tenantId, tenant);
  const inside = (environment: string) => and(mine, eq(variables.environment, environment));
  return {
    list(environment?: string): Promise<VariableRow[]> {
      const where = environment === undefined ? mine : inside(environment);
      return orm.select(columns).from(variables).where(where).orderBy(variables.environment, variables.name);
    },
    async get(environment: string, name: string): Promise<VariableRow | undefined> {
      const rows = await orm
        .select(columns)
        .from(variables)
        .where(and(inside(environment), eq(variables.name, name)));
      return rows[0];
    },
    async count(environment: string): Promise<number> {
      return (await orm.select({ n: count() }).from(variables).where(inside(environment)))[0]?.n ?? 0;
    },
    async put(row: VariableRow): Promise<void> {
      const { environment: _, name: __, ...rest } = row;
      await orm
        .insert(variables)
        .values({ tenantId: tenant, ...row })
        .onConflictDoUpdate({
          target: [variables.tenantId, variables.environment, variables.name],
          set: rest,
        });
    },
    async remove(environment: string, name: string): Promise<boolean> {
      const gone = await orm
        .delete(variables)
        .where(and(inside(environment), eq(variables.name, name)))
        .returning({ name: variables.name });
      return gone.length > 0;
    },
    async removeAll(environment: string): Promise<void> {
      await orm.delete(variables).where(inside(environment));
    },
  };
}
