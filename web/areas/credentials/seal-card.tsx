import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card } from '../../ui/surface.tsx';
import { Ago } from '../../ui/time.tsx';
import { TEXTS } from './texts.ts';

const LOOK_MS = 2_000;
/** Below the list's: what changes that changes these. */
const KEYS = ['GET /v1/credentials', 'keys'];

/** The key that seals what is stored, and changing it. */
export function SealCard() {
  const words = useTextsOf(TEXTS);
  const client = useClient();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const held = useQuery({
    queryKey: KEYS,
    queryFn: ({ signal }) => client.call('GET /v1/credential-keys', {}, { signal }),
    retry: false,
    // an exchange goes on by itself
    refetchInterval: ({ state }) => (state.data && state.data.left > 0 ? LOOK_MS : false),
  });
  const change = useMutation({
    mutationFn: () => client.call('POST /v1/credential-keys/rotate'),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: KEYS });
    },
  });
  const key = held.data?.keys[0];
  const left = held.data?.left ?? 0;
  // before the first credential there is none
  if (!key && !held.error) return null;
  return (
    <Card className="flex flex-wrap items-start justify-between gap-3 p-4">
      <div className="flex flex-col gap-1 text-sm text-soft">
        <h2 className="text-base font-semibold text-ink">{words.seal}</h2>
        {held.error ? <ProblemBox error={held.error} /> : null}
        {key ? (
          <>
            <p className="max-w-2xl">{words.sealLead(key.credentials)}</p>
            <p>
              {words.sealSince} <Ago at={key.createdAt} />
            </p>
          </>
        ) : null}
        {left > 0 ? <p role="status">{words.sealLeft(left)}</p> : null}
      </div>
      {key ? <Button onPress={() => setAsking(true)}>{left > 0 ? words.sealGoOn : words.sealAgain}</Button> : null}
      {isAsking ? (
        <ConfirmDialog
          title={words.sealTitle}
          confirm={words.sealAgain}
          error={change.error}
          isBusy={change.isPending}
          onConfirm={() => change.mutate()}
          onClose={() => setAsking(false)}
        >
          <p className="text-sm">{words.sealText}</p>
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}
