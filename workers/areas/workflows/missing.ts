import type { Workflow } from '../../../core/graph/document.ts';
import { CredentialError, vaultResolver, VaultError } from '../../vault/resolver.ts';
import type { Context } from '../../kit/context.ts';
import type { Missing } from './ports.ts';
import { requirementsOf } from './requirements.ts';

/** What a version names and an environment has not. A credential counts when a run there would get one. */
export async function missingIn(
  { env, tenant }: Pick<Context, 'env' | 'tenant'>,
  document: Workflow,
  environment: string,
): Promise<Missing> {
  const needs = requirementsOf(document);
  const select = 'SELECT name FROM variables WHERE tenant_id = ? AND environment = ? AND value IS NOT NULL';
  const { results } = await env.DB.prepare(select).bind(tenant, environment).all<{ name: string }>();
  const known = new Set(results.map(({ name }) => name));
  const credentials: string[] = [];
  for (const { type, ref } of needs.credentials) {
    try {
      await vaultResolver(env).resolve(tenant, { type, ref, environment });
    } catch (error) {
      if (!(error instanceof CredentialError || error instanceof VaultError)) throw error;
      credentials.push(`${type}: ${labelOf(ref)}`);
    }
  }
  return { variables: needs.variables.filter((name) => !known.has(name)), credentials };
}

function labelOf(ref: unknown): string {
  const name = typeof ref === 'object' && ref !== null && 'name' in ref ? ref.name : ref;
  return typeof name === 'string' ? name.slice(0, 200) : '(without a name)';
}
