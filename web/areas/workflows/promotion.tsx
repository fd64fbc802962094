import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../sdk/client/index.ts';
import { useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card } from '../../ui/surface.tsx';
import { Select } from '../../ui/select.tsx';
import { workflowTexts } from './texts.ts';

/** Publishes in one environment what is live in another; says first what that one lacks. */
export function Promotion({ workflow, environments }: { workflow: string; environments: readonly string[] }) {
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const queries = useQueryClient();
  // what nobody chose follows the list, which comes after the page
  const [chosenFrom, setFrom] = useState<string>();
  const [chosenTo, setTo] = useState<string>();
  const from = chosenFrom ?? environments[0] ?? 'production';
  const to = chosenTo ?? environments.at(-1) ?? 'production';
  const promote = useMutation({
    mutationFn: (allowMissing: boolean) =>
      client.call('POST /v1/workflows/{id}/promote', { params: { id: workflow }, body: { from, to, allowMissing } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['workflow', workflow] }),
  });
  if (environments.length < 2) return null;
  const options = environments.map((name) => ({ id: name, text: name }));
  const isIncomplete = promote.error instanceof ApiError && promote.error.code === 'promotion-incomplete';
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{own.promoteTitle}</h2>
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-48">
          <Select label={own.promoteFrom} value={from} onChange={setFrom} options={options} />
        </div>
        <div className="w-48">
          <Select label={own.promoteTo} value={to} onChange={setTo} options={options} />
        </div>
        <Button
          look="main"
          isDisabled={from === to}
          isPending={promote.isPending}
          onPress={() => promote.mutate(false)}
        >
          {own.promote}
        </Button>
      </div>
      {promote.data ? <p role="status">{own.promoted(promote.data.version, promote.data.environment)}</p> : null}
      {promote.error ? <ProblemBox error={promote.error} /> : null}
      {isIncomplete ? (
        <div>
          <Button look="danger" onPress={() => promote.mutate(true)}>
            {own.promoteAnyway}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
