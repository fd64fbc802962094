/** What a workflow is called now; undefined once it is deleted. */
export async function workflowName(db: D1Database, tenant: string, id: string): Promise<string | undefined> {
  const select = 'SELECT name FROM workflows WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL';
  return (await db.prepare(select).bind(tenant, id).first<{ name: string }>())?.name;
}
