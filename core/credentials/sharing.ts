import type { Reach } from '../access/grant.ts';
import { allows } from '../access/scope.ts';

/** Who may use a credential besides owners and admins. All lists empty: everybody whose scopes reach credentials. */
export interface Sharing {
  /** Ids of people, of service accounts, or of API keys. */
  users?: string[];
  /** Built-in roles, or ids of custom ones. */
  roles?: string[];
  projects?: string[];
}

export interface Asker {
  id: string;
  role?: string | undefined;
  scopes: readonly string[];
  /** Where they may use the scope of what they do. */
  reach: Reach;
}

export const isShared = ({ users = [], roles = [], projects = [] }: Sharing): boolean =>
  users.length + roles.length + projects.length > 0;

/** Whether an actor may use, see and change a credential. What they hold everywhere by role is not enough. */
export function mayUse(sharing: Sharing, { id, role, scopes, reach }: Asker): boolean {
  if (!isShared(sharing) || allows(scopes, '*:write')) return true;
  const { users = [], roles = [], projects = [] } = sharing;
  if (users.includes(id) || (role !== undefined && roles.includes(role))) return true;
  return reach !== 'everywhere' && reach.some((place) => place.kind === 'project' && projects.includes(place.id));
}
