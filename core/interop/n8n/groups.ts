import type { JsonObject } from '../../data/item.ts';
import type { Group, Workflow } from '../../graph/document.ts';
import { MAX_GROUP_DESCRIPTION, MAX_GROUPS } from '../../graph/limits.ts';
import { asObject, own } from './json.ts';
import { fitsName } from './names.ts';

const MAX_COLOR = 1_000;
const MAX_NAME_LENGTH = 1_024;

/**
 * Groups as n8n's canvas has them since 2.28 (`nodeGroups`), and as our own exports carry them beside that: n8n knows
 * neither colours nor what is collapsed for everybody.
 */
export function writeGroups({ groups = [], nodes, notes }: Workflow): JsonObject {
  if (groups.length === 0) return {};
  const members = new Map<string, string[]>(groups.map(({ id }) => [id, []]));
  for (const { id, group } of [...nodes, ...notes]) if (group !== undefined) members.get(group)?.push(id);
  const membersOf = ({ id }: Group): string[] => members.get(id) ?? [];
  return {
    nodeGroups: groups.map((group): JsonObject => {
      const { id, name, description } = group;
      return { id, name, nodeIds: membersOf(group), ...(description === undefined ? {} : { description }) };
    }),
    millrace: { groups: groups.map((group): JsonObject => ({ ...group, members: membersOf(group) })) },
  };
}

/** Reads what `writeGroups` wrote, and n8n; whoever is a member is told so. Anything misshapen is left out. */
export function readGroups(file: JsonObject, { nodes, notes }: Pick<Workflow, 'nodes' | 'notes'>): Group[] {
  // ours first: they say more of the same groups
  const [ours, theirs] = [own(asObject(own(file, 'millrace')), 'groups'), own(file, 'nodeGroups')];
  const list = [ours, theirs].flatMap((entries) => (Array.isArray(entries) ? entries : []));
  const free = new Map([...notes, ...nodes].map((member) => [member.id, member]));
  const taken = new Set(free.keys());
  return list.slice(0, MAX_GROUPS).flatMap((entry): Group[] => {
    const object = asObject(entry);
    const [id, name, color, collapsed, about] = ['id', 'name', 'color', 'collapsed', 'description'].map((key) =>
      own(object, key),
    );
    if (typeof id !== 'string' || !fitsName(id) || taken.has(id) || typeof name !== 'string') return [];
    taken.add(id);
    const members = own(object, 'members') ?? own(object, 'nodeIds');
    for (const member of Array.isArray(members) ? members : []) {
      const found = typeof member === 'string' ? free.get(member) : undefined;
      if (!found) continue;
      found.group = id;
      free.delete(found.id);
    }
    const isColor = typeof color === 'number' && Number.isInteger(color) && color >= 0 && color <= MAX_COLOR;
    return [
      {
        id,
        name: name.slice(0, MAX_NAME_LENGTH),
        ...(typeof about === 'string' ? { description: about.slice(0, MAX_GROUP_DESCRIPTION) } : {}),
        ...(isColor ? { color } : {}),
        ...(typeof collapsed === 'boolean' ? { collapsed } : {}),
      },
    ];
  });
}
