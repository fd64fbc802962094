import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { Loading } from '../../ui/surface.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Shell });
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Navigate to="/workflows" replace />,
});

export interface WorkflowsSearch {
  create?: 1;
  import?: 1;
}
const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: (search: Record<string, unknown>): WorkflowsSearch => ({
    ...(search.create === undefined ? {} : { create: 1 }),
    ...(search.import === undefined ? {} : { import: 1 }),
  }),
  component: lazyRouteComponent(() => import('../../areas/workflows/list.tsx'), 'WorkflowsPage'),
});
const editor = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$id',
  component: lazyRouteComponent(() => import('../../editor/page.tsx'), 'EditorPage'),
});

export interface RunsSearch {
  status?: string;
  workflow?: string;
  text?: string;
}
const word = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: (search: Record<string, unknown>): RunsSearch => {
    const found = { status: word(search.status), workflow: word(search.workflow), text: word(search.text) };
    return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  },
  component: lazyRouteComponent(() => import('../../areas/runs/list.tsx'), 'RunsPage'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$id',
  component: lazyRouteComponent(() => import('../../areas/runs/run.tsx'), 'RunPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../../areas/settings/page.tsx'), 'SettingsPage'),
});

export const routeTree = root.addChildren([home, workflows, editor, runs, run, settings]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: () => <Loading label="…" />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
