import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { chosenEnvironment } from '../../session/environment.ts';
import { DOOR_PATHS } from '../../session/door-paths.ts';
import { runsQuery } from '../../areas/runs/queries.ts';
import { compareSearch, runSearch, runsSearch } from '../../areas/runs/search.ts';
import { settingsSearch } from '../../areas/settings/search.ts';
import { workflowListQuery } from '../../areas/workflows/queries.ts';
import { versionsSearch, workflowsSearch } from '../../areas/workflows/search.ts';
import type { Client } from '../../../sdk/client/index.ts';
import { Loading } from '../../ui/surface.tsx';
import { NotFound, PageFailure } from './shell/lost.tsx';
import { Shell } from './shell/shell.tsx';

interface Context {
  queries: QueryClient;
  client: Client;
  tenant: string;
}
// What a page shows first is asked for while its code is still under way; whoever rests on a link gets it early too.
const root = createRootRouteWithContext<Context>()({ component: Shell });
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Navigate to="/workflows" replace />,
});

const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: workflowsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries, client, tenant }, deps }) =>
    void queries.prefetchInfiniteQuery(workflowListQuery(client, deps, chosenEnvironment(tenant))),
  component: lazyRouteComponent(() => import('../../areas/workflows/list.tsx'), 'WorkflowsPage'),
});
const editor = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$id',
  component: lazyRouteComponent(() => import('../../editor/page.tsx'), 'EditorPage'),
});

const versions = createRoute({
  getParentRoute: () => root,
  path: '/workflows/$id/versions',
  validateSearch: versionsSearch,
  component: lazyRouteComponent(() => import('../../areas/workflows/versions.tsx'), 'VersionsPage'),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: runsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries, client, tenant }, deps: search }) =>
    void queries.prefetchInfiniteQuery(
      runsQuery(client, { search, environment: chosenEnvironment(tenant), isLive: false }),
    ),
  component: lazyRouteComponent(() => import('../../areas/runs/list.tsx'), 'RunsPage'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$id',
  validateSearch: runSearch,
  component: lazyRouteComponent(() => import('../../areas/runs/run.tsx'), 'RunPage'),
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: '/runs/inbox',
  component: lazyRouteComponent(() => import('../../areas/runs/inbox.tsx'), 'InboxPage'),
});
const compare = createRoute({
  getParentRoute: () => root,
  path: '/runs/$id/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('../../areas/runs/compare.tsx'), 'ComparePage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: () => <Navigate to="/settings/$section" params={{ section: 'organization' }} replace />,
});
const section = createRoute({
  getParentRoute: () => root,
  path: '/settings/$section',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('../../areas/settings/page.tsx'), 'SettingsPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('../../areas/account/page.tsx'), 'AccountPage'),
});
const newOrganization = createRoute({
  getParentRoute: () => root,
  path: '/organizations/new',
  component: lazyRouteComponent(() => import('../../areas/account/new-organization.tsx'), 'NewOrganizationPage'),
});
const developers = createRoute({
  getParentRoute: () => root,
  path: '/developers',
  component: lazyRouteComponent(() => import('../../areas/developers/page.tsx'), 'DevelopersPage'),
});
const operation = createRoute({
  getParentRoute: () => root,
  path: '/developers/$operation',
  component: lazyRouteComponent(() => import('../../areas/developers/page.tsx'), 'DevelopersPage'),
});
const notices = createRoute({
  getParentRoute: () => root,
  path: '/notices',
  component: lazyRouteComponent(() => import('../../areas/notices/page.tsx'), 'NoticesPage'),
});
const design = createRoute({
  getParentRoute: () => root,
  path: '/design',
  component: lazyRouteComponent(() => import('../../areas/design/page.tsx'), 'DesignPage'),
});
/** Where somebody who is in has no business: the app's first page instead. */
const door = DOOR_PATHS.map((path) =>
  createRoute({ getParentRoute: () => root, path, component: () => <Navigate to="/workflows" replace /> }),
);

const routeTree = root.addChildren([
  home,
  workflows,
  editor,
  versions,
  runs,
  run,
  inbox,
  compare,
  settings,
  section,
  account,
  newOrganization,
  developers,
  operation,
  notices,
  design,
  ...door,
]);

export function makeRouter(context: Context) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: () => <Loading label="…" />,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: PageFailure,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
