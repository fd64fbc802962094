import type { Workflow } from '../../../core/graph/document.ts';
import { hooksUrl } from '../../kit/hook-url.ts';
import { TEST_PREFIX, testToken } from '../../kit/test-hook.ts';
import { problem, unknownWorkflow } from './drafts.ts';
import type { WorkflowPorts } from './ports.ts';
import { publicationOf } from './triggers.ts';

/** Long enough to set up whatever calls, short enough that nobody builds on the address. */
const OPEN_MS = 15 * 60_000;

/** Addresses of a draft, to try its webhooks out. Calls are taken in workers/hooks/test-call.ts. */
export function listening({ store, tenant, origin, now }: WorkflowPorts, deploymentKey: string | undefined) {
  return {
    async listen(id: string) {
      const row = await store.get(id);
      if (!row) throw unknownWorkflow();
      if (!deploymentKey) throw problem('listening-closed', { hint: 'The operator sets DEPLOYMENT_KEY.' });
      const document = JSON.parse(row.draft) as Workflow;
      const { hooks } = publicationOf(id, 0, { document, environment: 'production' });
      const called = hooks.filter(({ page }) => page === undefined);
      if (called.length === 0) throw problem('nothing-to-listen', { hint: 'Add a webhook to it, and switch it on.' });
      const expiresAt = now() + OPEN_MS;
      const token = await testToken({ tenant, workflow: id, expiresAt }, deploymentKey);
      return {
        hooks: called.flatMap(({ methods, path, node }) =>
          methods.map((method) => ({ method, url: hooksUrl(origin, tenant, `${TEST_PREFIX}${token}/${path}`), node })),
        ),
        expiresAt,
      };
    },
  };
}
