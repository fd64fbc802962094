import { common, problemsOf } from '../kit/problem.ts';
import type { Problem } from '../kit/problem.ts';

const problem = problemsOf({
  'tenant-unknown': { status: 404, title: 'There is no such tenant' },
  'hook-not-found': { status: 404, title: 'No published workflow listens here' },
});

export const tenantUnknown = (tenant = ''): Problem =>
  problem('tenant-unknown', {
    detail: `No tenant ${JSON.stringify(tenant.slice(0, 80))}.`,
    hint: 'The address is /hooks/{tenant}/{path}; publishing a workflow returns it whole.',
  });

export const hookUnknown = (path: string): Problem =>
  problem('hook-not-found', {
    detail: `Nothing is published at ${JSON.stringify(path.slice(0, 200))}.`,
    hint: 'Publish the workflow with POST /v1/workflows/{id}/publish: its answer has the full address. Drafts do not listen.',
  });

export function wrongMethod(method: string, methods: ReadonlyMap<string, unknown>): Problem {
  const allow = allowed(methods);
  return common('method-not-allowed', {
    detail: `This webhook does not take ${method}.`,
    hint: `Use ${allow}, or set another method in the webhook node and publish again.`,
    headers: { allow },
  });
}

export function allowed(methods: ReadonlyMap<string, unknown>): string {
  const names = new Set([...methods.keys(), 'OPTIONS']);
  if (names.has('GET')) names.add('HEAD');
  return [...names].sort().join(', ');
}
