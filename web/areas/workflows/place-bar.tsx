import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { type Place, placesQuery } from './queries.ts';
import { workflowTexts } from './texts.ts';

const PlaceDialog = lazy(() =>
  import('./place-dialog.tsx').then(({ PlaceDialog: component }) => ({ default: component })),
);

/** The project or folder the list is narrowed to: where it lies, and how to rename or remove it. */
export function PlaceBar({ id }: { id: string }) {
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: places } = useQuery(placesQuery(client));
  const [asking, setAsking] = useState<{ what: 'rename' | 'remove' }>();
  const place = places?.find((each) => each.id === id);
  const change = useMutation({
    mutationFn: ({ name }: { name: string | undefined; asked: typeof asking }) => changePlace(client, place, name),
    onSuccess: async (_, { name, asked }) => {
      // what is asked by now stays open
      setAsking((now) => (now === asked ? undefined : now));
      if (name === undefined) await navigate({ to: '/workflows', search: {}, replace: true });
      void queries.invalidateQueries({ queryKey: ['places'] });
    },
  });
  if (!place) return null;
  return (
    <div
      role="group"
      aria-label={own.place}
      className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2 text-sm"
    >
      <strong className="min-w-0 grow truncate">{place.path.join(' / ')}</strong>
      <Button onPress={() => setAsking({ what: 'rename' })}>{own.renamePlace}</Button>
      <Button look="danger" onPress={() => setAsking({ what: 'remove' })}>
        {own.removePlace}
      </Button>
      {asking ? (
        <Suspense>
          <PlaceDialog
            what={asking.what}
            name={place.path.at(-1) ?? ''}
            error={change.variables?.asked === asking ? change.error : undefined}
            isBusy={change.isPending}
            onDo={(name) => change.mutate({ name, asked: asking })}
            onClose={() => {
              change.reset();
              setAsking(undefined);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

/** @param name The new one; undefined: it is removed. */
async function changePlace(client: ReturnType<typeof useClient>, place: Place | undefined, name: string | undefined) {
  if (!place) return;
  const params = { id: place.folder ?? place.project };
  if (place.folder === null) {
    if (name === undefined) await client.call('DELETE /v1/projects/{id}', { params });
    else await client.call('PATCH /v1/projects/{id}', { params, body: { name } });
  } else if (name === undefined) await client.call('DELETE /v1/folders/{id}', { params });
  else await client.call('PATCH /v1/folders/{id}', { params, body: { name } });
}
