import { type ComponentType, lazy } from 'react';

export interface Section {
  id: string;
  group: 'people' | 'machines' | 'place' | 'watch';
  component: ComponentType;
}

const lists = () => import('./parts/lists.tsx');

/** The parts of the settings in the order people see them; each is fetched when somebody opens it. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'organization',
    group: 'place',
    component: lazy(() =>
      import('./parts/organization.tsx').then(({ Organization: default_ }) => ({ default: default_ })),
    ),
  },
  {
    id: 'environments',
    group: 'place',
    component: lazy(() => lists().then(({ Environments: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'variables',
    group: 'place',
    component: lazy(() => lists().then(({ Variables: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'credentials',
    group: 'place',
    component: lazy(() =>
      import('./parts/credentials.tsx').then(({ Credentials: default_ }) => ({ default: default_ })),
    ),
  },
  {
    id: 'egress',
    group: 'place',
    component: lazy(() => import('./parts/egress.tsx').then(({ Egress: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'danger',
    group: 'place',
    component: lazy(() => import('./parts/danger.tsx').then(({ Danger: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'members',
    group: 'people',
    component: lazy(() => lists().then(({ Members: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'roles',
    group: 'people',
    component: lazy(() => lists().then(({ Roles: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'grants',
    group: 'people',
    component: lazy(() => lists().then(({ Grants: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'sso',
    group: 'people',
    component: lazy(() => lists().then(({ SingleSignOn: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'keys',
    group: 'machines',
    component: lazy(() => lists().then(({ Keys: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'service-accounts',
    group: 'machines',
    component: lazy(() => lists().then(({ ServiceAccounts: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'usage',
    group: 'watch',
    component: lazy(() => import('./parts/usage.tsx').then(({ Usage: default_ }) => ({ default: default_ }))),
  },
  {
    id: 'audit',
    group: 'watch',
    component: lazy(() => import('./parts/audit.tsx').then(({ Audit: default_ }) => ({ default: default_ }))),
  },
];
