import type { Json, JsonObject } from '../../data/item.ts';
import type { Group, Workflow } from '../../graph/document.ts';
import { MAX_GROUPS } from '../../graph/limits.ts';
import { asObject, own } from './json.ts';
import { fitsName } from './names.ts';

const MAX_COLOR = 1_000;
const MAX_NAME_LENGTH = 1_024;

/**
 * Groups as our own exports carry them, beside what n8n reads; it has groups, too, but their format is not documented:
 * a file's own come back as they were, with everything else that is not known here.
 */
export function writeGroups({ groups = [], nodes, notes }: Workflow): JsonObject | undefined {
  if (groups.length === 0) return undefined;
  const members = new Map<string, string[]>(groups.map(({ id }) => [id, []]));
  for (const { id, group } of [...nodes, ...notes]) if (group !== undefined) members.get(group)?.push(id);
  return { groups: groups.map((group): JsonObject => ({ ...group, members: members.get(group.id) ?? [] })) };
}

/** Reads what `writeGroups` wrote; whoever is a member is told so. Anything misshapen is left out. */
export function readGroups(raw: Json | undefined, { nodes, notes }: Pick<Workflow, 'nodes' | 'notes'>): Group[] {
  const list = own(asObject(raw), 'groups');
  if (!Array.isArray(list)) return [];
  const free = new Map([...notes, ...nodes].map((member) => [member.id, member]));
  const taken = new Set(free.keys());
  return list.slice(0, MAX_GROUPS).flatMap((entry): Group[] => {
    const object = asObject(entry);
    const [id, name, color, collapsed] = ['id', 'name', 'color', 'collapsed'].map((key) => own(object, key));
    if (typeof id !== 'string' || !fitsName(id) || taken.has(id) || typeof name !== 'string') return [];
    taken.add(id);
    const members = own(object, 'members');
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
        ...(isColor ? { color } : {}),
        ...(typeof collapsed === 'boolean' ? { collapsed } : {}),
      },
    ];
  });
}
