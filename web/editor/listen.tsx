import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useClient } from '../session/session.tsx';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem.tsx';
import { HookLine } from './addresses.tsx';
import type { Autosave } from './draft/autosave.ts';

const LOOK_MS = 700;

interface ListenProps {
  id: string;
  autosave: Autosave;
  onRun: (run: string) => void;
}

/** Waits for a call of the draft's webhook, and then shows the run it started. */
export function Listen({ id, autosave, onRun }: ListenProps) {
  const texts = useTexts();
  const client = useClient();
  const [since, setSince] = useState<number>();
  const listen = useMutation({
    mutationFn: async () => {
      await autosave.flush();
      const { runs } = await client.call('GET /v1/runs', { query: { workflow: id, limit: 1 } });
      const opened = await client.call('POST /v1/workflows/{id}/listen', { params: { id } });
      setSince(runs[0]?.startedAt ?? 0);
      return { ...opened, last: runs[0]?.id };
    },
  });
  const isOpen = since !== undefined && listen.data !== undefined;
  const came = useQuery({
    queryKey: ['listen', id, since],
    queryFn: ({ signal }) =>
      client.call('GET /v1/runs', { query: { workflow: id, mode: 'manual', limit: 1 } }, { signal }),
    enabled: isOpen,
    refetchInterval: LOOK_MS,
    gcTime: 0,
  });
  const newest = came.data?.runs[0];
  const run = isOpen && newest && newest.id !== listen.data.last ? newest.id : undefined;
  useEffect(() => {
    if (run === undefined) return;
    setSince(undefined);
    onRun(run);
  }, [run, onRun]);
  return (
    <>
      <Button
        isPending={listen.isPending}
        aria-pressed={isOpen}
        onPress={() => (isOpen ? setSince(undefined) : listen.mutate())}
      >
        {isOpen ? texts.panel.stopListening : texts.panel.listen}
      </Button>
      {isOpen ? (
        <div role="status" className="order-last flex w-full flex-col border-t border-line px-1 pt-2 text-sm">
          <span className="text-soft">{texts.panel.listening}</span>
          <ul>
            {listen.data.hooks.map((hook) => (
              <HookLine key={hook.method + hook.url} hook={hook} isLive={false} />
            ))}
          </ul>
        </div>
      ) : null}
      {listen.error && listen.error.message !== 'conflict' ? <ProblemBox error={listen.error} /> : null}
    </>
  );
}
