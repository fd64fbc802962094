/** Which users are in which groups of one connection. */
export function d1Memberships(db: D1Database, { tenant, connection }: { tenant: string; connection: string }) {
  const mine = 'm.tenant_id = ?1 AND m.connection_id = ?2';
  return {
    /** Of these users: their groups, by user. */
    async groupsOf(users: readonly string[]): Promise<Map<string, { id: string; display: string }[]>> {
      const select =
        'SELECT m.member_id AS member, g.id, g.resource FROM scim_members m JOIN scim_groups g ON g.tenant_id = m.tenant_id AND ' +
        `g.connection_id = m.connection_id AND g.id = m.group_id WHERE ${mine} AND m.member_id IN (SELECT value FROM json_each(?3)) ORDER BY g.id`;
      const rows = await db
        .prepare(select)
        .bind(tenant, connection, JSON.stringify(users))
        .all<{ member: string; id: string; resource: string }>();
      const found = new Map<string, { id: string; display: string }[]>();
      for (const { member, id, resource } of rows.results) {
        const display = String((JSON.parse(resource) as { displayName?: unknown }).displayName ?? '');
        found.set(member, [...(found.get(member) ?? []), { id, display }]);
      }
      return found;
    },
    /** Of these groups: their users, by group. */
    async usersOf(groups: readonly string[]): Promise<Map<string, { id: string; display: string }[]>> {
      const select =
        'SELECT m.group_id AS "group", u.id, u.user_name AS display FROM scim_members m JOIN scim_users u ON u.tenant_id = m.tenant_id AND ' +
        `u.connection_id = m.connection_id AND u.id = m.member_id WHERE ${mine} AND m.group_id IN (SELECT value FROM json_each(?3)) ORDER BY u.id`;
      const rows = await db
        .prepare(select)
        .bind(tenant, connection, JSON.stringify(groups))
        .all<{ group: string; id: string; display: string }>();
      const found = new Map<string, { id: string; display: string }[]>();
      for (const { group, id, display } of rows.results) {
        found.set(group, [...(found.get(group) ?? []), { id, display }]);
      }
      return found;
    },
    /** Makes these the users of a group; those among them that do not exist are passed over. Returns who came or went. */
    async set(group: string, users: readonly string[]): Promise<string[]> {
      const before = new Set(((await this.usersOf([group])).get(group) ?? []).map(({ id }) => id));
      const wanted = new Set(users);
      const gone = [...before].filter((id) => !wanted.has(id));
      const come = [...wanted].filter((id) => !before.has(id));
      await db.batch([
        db
          .prepare(
            'DELETE FROM scim_members WHERE tenant_id = ?1 AND connection_id = ?2 AND group_id = ?3 AND member_id IN (SELECT value FROM json_each(?4))',
          )
          .bind(tenant, connection, group, JSON.stringify(gone)),
        db
          .prepare(
            'INSERT INTO scim_members (tenant_id, connection_id, group_id, member_id) SELECT u.tenant_id, u.connection_id, ?3, u.id FROM scim_users u ' +
              'WHERE u.tenant_id = ?1 AND u.connection_id = ?2 AND u.id IN (SELECT value FROM json_each(?4)) ON CONFLICT DO NOTHING',
          )
          .bind(tenant, connection, group, JSON.stringify(come)),
      ]);
      return [...gone, ...come];
    },
  };
}
