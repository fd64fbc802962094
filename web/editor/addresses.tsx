import { queryOptions, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { WorkflowNode } from '../../core/graph/document.ts';
import type { Client, OutputOf } from '../../sdk/client/index.ts';
import { useEnvironment } from '../session/environment.ts';
import { useClient } from '../session/session.tsx';
import { useTexts } from '../text/index.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Autosave } from './draft/autosave.ts';

type Hook = OutputOf<'POST /v1/workflows/{id}/publish'>['hooks'][number];

const startsQuery = (client: Client, id: string, environment: string, made: unknown) =>
  queryOptions({
    queryKey: ['starts', id, environment, made],
    queryFn: ({ signal }) =>
      client.call('GET /v1/workflows/{id}/starts', { params: { id }, query: { environment } }, { signal }),
    placeholderData: (before) => before,
    retry: false,
  });

/** Under which addresses a trigger is reached, and whether it is already. Nothing for what has none. */
export function Addresses({ id, node, autosave }: { id: string; node: WorkflowNode; autosave: Autosave }) {
  const texts = useTexts();
  const client = useClient();
  const { environment } = useEnvironment();
  const { kind } = useSyncExternalStore(autosave.subscribe, autosave.current);
  // addresses are made of what is saved
  const made = [node.id, node.parameters, node.disabled];
  const found = useQuery({ ...startsQuery(client, id, environment, made), enabled: kind === 'saved' });
  const hooks = found.data?.hooks.filter((hook) => hook.node === node.id) ?? [];
  if (hooks.length === 0) return null;
  const isLive = hooks.every(({ live }) => live);
  return (
    <section aria-label={texts.panel.address} className="mb-4 rounded-lg border border-line bg-well p-3 text-sm">
      <p className={isLive ? 'text-good' : 'text-soft'}>{isLive ? texts.panel.isLive : texts.panel.onceLive}</p>
      <ul>
        {hooks.map((hook) => (
          <HookLine key={hook.method + hook.url} hook={hook} isLive={hook.live} />
        ))}
      </ul>
    </section>
  );
}

interface HookLineProps {
  hook: Pick<Hook, 'method' | 'url' | 'page'>;
  isLive: boolean;
}

/** An address to copy; a page can be opened too. */
export function HookLine({ hook: { method, url, page }, isLive }: HookLineProps) {
  const { panel } = useTexts();
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <code className="min-w-0 flex-1 font-mono text-xs break-all">
        {page === undefined ? `${method} ${url}` : url}
      </code>
      {page !== undefined && isLive ? (
        <a href={url} target="_blank" rel="noreferrer" className="text-accent hover:underline">
          {panel.openPage}
        </a>
      ) : null}
      <CopyButton text={url} />
    </li>
  );
}
