import type { Group } from './document.ts';
import { Fields, present } from './fields.ts';
import { MAX_GROUP_DESCRIPTION } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';

const MEMBERS: ReadonlySet<string> = new Set(['id', 'name', 'description', 'color', 'collapsed']);

export function parseGroup(value: unknown, path: string, problems: ProblemList): Group | undefined {
  const fields = Fields.of(value, path, problems, MEMBERS);
  if (!fields) return undefined;
  const id = fields.name('id', 'The group id');
  const name = fields.text('name');
  if (fields.raw('name') === undefined) fields.required('name', 'The name of the group is missing.');
  const optional = present({
    description: fields.text('description', MAX_GROUP_DESCRIPTION),
    color: fields.number('color', { min: 0, max: 1_000, integer: true }),
    collapsed: fields.boolean('collapsed'),
  });
  return id === undefined || name === undefined ? undefined : { id, name, ...optional };
}

/** Whoever takes a step away means the step: no note or group of `list` is called as one of `drawn`. */
export function checkNames(
  list: string,
  members: readonly ({ id: string } | undefined)[],
  drawn: ReadonlyMap<string, unknown>,
  problems: ProblemList,
): void {
  members.forEach((member, index) => {
    if (!member || !drawn.has(member.id)) return;
    const message = `${quote(member.id)} is the id of a node or a note already.`;
    problems.error(`/${list}/${index}/id`, 'duplicate-id', message, 'Every id must be unique.');
  });
}

/** What is in a group must be in one that exists. */
export function checkMembers(
  list: string,
  members: readonly ({ group?: string } | undefined)[],
  groups: ReadonlySet<string>,
  problems: ProblemList,
): void {
  members.forEach((member, index) => {
    if (member?.group === undefined || groups.has(member.group)) return;
    const message = `There is no group ${quote(member.group)}.`;
    problems.error(`/${list}/${index}/group`, 'missing-group', message, 'Add it to groups, or leave it out here.');
  });
}
