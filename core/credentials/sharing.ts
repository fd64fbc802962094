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

/** What somebody could show when they brought a credential into a workflow. */
export interface Voucher {
  id: string;
  role?: string;
  isAdmin?: true;
  projects?: string[];
}

export function voucherOf({ id, role, scopes, reach }: Asker): Voucher {
  const projects =
    reach === 'everywhere' ? [] : reach.filter(({ kind }) => kind === 'project').map((place) => place.id);
  return {
    id,
    ...(role === undefined ? {} : { role }),
    ...(allows(scopes, '*:write') ? { isAdmin: true } : {}),
    ...(projects.length > 0 ? { projects } : {}),
  };
}

/** Whether a credential is still shared with whom a workflow has it from; who left or has another role since counts as then. */
export const isVouchedFor = (sharing: Sharing, voucher: Voucher | undefined): boolean =>
  voucher
    ? mayUse(sharing, {
        id: voucher.id,
        role: voucher.role,
        scopes: voucher.isAdmin ? ['*'] : [],
        reach: (voucher.projects ?? []).map((id) => ({ kind: 'project', id })),
      })
    : !isShared(sharing);

export const isShared = ({ users = [], roles = [], projects = [] }: Sharing): boolean =>
  users.length + roles.length + projects.length > 0;

/** Whether an actor may use, see and change a credential. What they hold everywhere by role is not enough. */
export function mayUse(sharing: Sharing, { id, role, scopes, reach }: Asker): boolean {
  if (!isShared(sharing) || allows(scopes, '*:write')) return true;
  const { users = [], roles = [], projects = [] } = sharing;
  if (users.includes(id) || (role !== undefined && roles.includes(role))) return true;
  return reach !== 'everywhere' && reach.some((place) => place.kind === 'project' && projects.includes(place.id));
}
