interface Member {
  id: string;
  group?: string;
}

/** Whether a step or a note is among what is chosen: itself, or its group. */
export const isAmong = ({ id, group }: Member, chosen: ReadonlySet<string>): boolean =>
  chosen.has(id) || (group !== undefined && chosen.has(group));

/** The same out of its group, unless that is one of `groups`. */
export function within<T extends { group?: string }>(member: T, groups: ReadonlySet<string>): T {
  if (member.group === undefined || groups.has(member.group)) return member;
  const { group: _group, ...rest } = member;
  // SAFETY: `group` is optional
  return rest as T;
}
