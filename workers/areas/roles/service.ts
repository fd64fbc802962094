import { BUILT_IN_ROLES, isBuiltInRole, scopesOfRole } from '../../../core/access/roles.ts';
import { excess } from '../../../core/access/scope.ts';
import type { CustomRole, RoleStore } from '../../access/roles.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import type { Role } from './contract.ts';

/** All of them are kept in memory by every isolate that serves the organisation. */
export const MAX_ROLES = 100;

const problem = problemsOf(errors);

interface RolePorts {
  store: RoleStore;
  /** What the asking actor may do in the whole organisation. */
  held: readonly string[];
  /** Whether a member, an invitation, a service account or a grant names it. */
  isUsed(role: string): Promise<boolean>;
  now(): number;
  newId(prefix: string): string;
}

interface Wanted {
  name: string;
  scopes: string[];
}

const view = (role: CustomRole): Role => ({ ...role, builtIn: false });
const builtIn = (id: string): Role => ({
  id,
  name: id,
  scopes: [...scopesOfRole(id)],
  builtIn: true,
  createdAt: null,
  updatedAt: null,
});

export function roleService({ store, held, isUsed, now, newId }: RolePorts) {
  const refuseExcess = (scopes: readonly string[]): void => {
    const tooWide = excess(held, scopes);
    if (tooWide.length === 0) return;
    throw problem('scope-too-wide', { detail: `You do not have ${tooWide.slice(0, 20).join(', ')}.` });
  };
  const unknown = () => problem('role-unknown', { hint: 'GET /v1/roles lists them.' });
  const taken = () => problem('role-name-taken', { hint: 'Choose another name.' });
  /** A custom role the actor may touch: one that allows more than they may would be a way up (ACC8). */
  const changeable = async (id: string): Promise<CustomRole> => {
    if (isBuiltInRole(id)) throw problem('role-built-in', { hint: 'Make a role of your own: POST /v1/roles.' });
    const role = await store.get(id);
    if (!role) throw unknown();
    refuseExcess(role.scopes);
    return role;
  };
  return {
    async list(): Promise<Role[]> {
      return [...BUILT_IN_ROLES.map(builtIn), ...(await store.list()).map(view)];
    },
    async get(id: string): Promise<Role> {
      if (isBuiltInRole(id)) return builtIn(id);
      const role = await store.get(id);
      if (!role) throw unknown();
      return view(role);
    },
    async create({ name, scopes }: Wanted): Promise<Role> {
      refuseExcess(scopes);
      if ((await store.list()).length >= MAX_ROLES) throw problem('roles-full', { hint: 'Remove one first.' });
      const atMs = now();
      const role = { id: newId('role'), name, scopes: [...new Set(scopes)], createdAt: atMs, updatedAt: atMs };
      if (isBuiltInRole(name) || !(await store.add(role))) throw taken();
      return view(role);
    },
    async replace(id: string, { name, scopes }: Wanted): Promise<{ before: Role; after: Role }> {
      const before = await changeable(id);
      refuseExcess(scopes);
      const after = { ...before, name, scopes: [...new Set(scopes)], updatedAt: now() };
      if (isBuiltInRole(name) || !(await store.replace(after))) throw taken();
      return { before: view(before), after: view(after) };
    },
    async remove(id: string): Promise<Role> {
      const role = await changeable(id);
      if (await isUsed(id)) throw problem('role-in-use', { hint: 'Give those who have it another role first.' });
      await store.remove(id);
      return view(role);
    },
  };
}
