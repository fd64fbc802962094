import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card, Loading } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';

export function KeysCard() {
  const texts = useTexts();
  const client = useClient();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => client.call('GET /v1/keys', {}, { signal }),
  });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['keys'] });
  const create = useMutation({
    mutationFn: () => client.call('POST /v1/keys', { body: { name } }),
    onSuccess: () => {
      setName('');
      return refresh();
    },
  });
  const revoke = useMutation({
    mutationFn: (id: string) => client.call('DELETE /v1/keys/{id}', { params: { id } }),
    onSettled: refresh,
  });
  const failure = keys.error ?? create.error ?? revoke.error;
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{texts.settings.keys}</h2>
      <p className="text-sm text-soft">{texts.settings.keysLead}</p>
      {failure ? <ProblemBox error={failure} /> : null}
      <form
        className="flex max-w-md items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <div className="flex-1">
          <TextField label={texts.settings.keyName} value={name} onChange={setName} isRequired />
        </div>
        <Button type="submit" look="main" isDisabled={name.trim() === '' || create.isPending}>
          {texts.settings.newKey}
        </Button>
      </form>
      {create.data ? (
        <div role="status" className="flex flex-col gap-1 rounded-lg bg-accent-soft p-3 text-sm">
          <strong>{texts.settings.shownOnce}</strong>
          <code className="font-mono break-all">{create.data.key}</code>
        </div>
      ) : null}
      {keys.isPending ? <Loading label={texts.loading} /> : null}
      {keys.data ? (
        <Table
          label={texts.settings.keys}
          rows={keys.data.keys}
          keyOf={({ id }) => id}
          columns={[
            { id: 'name', title: texts.workflows.name, isHead: true, cell: (key) => key.name },
            {
              id: 'prefix',
              title: texts.settings.keyStart,
              className: 'font-mono text-xs',
              cell: (key) => `${key.prefix}…`,
            },
            { id: 'created', title: texts.settings.created, cell: (key) => <Ago at={key.createdAt} /> },
            {
              id: 'used',
              title: texts.settings.lastUsed,
              cell: (key) => (key.lastUsedAt === null ? texts.settings.never : <Ago at={key.lastUsedAt} />),
            },
            {
              id: 'revoke',
              title: '',
              className: 'text-right',
              cell: (key) => (
                <Button
                  look="danger"
                  aria-label={`${texts.settings.revoke} ${key.name}`}
                  onPress={() => revoke.mutate(key.id)}
                >
                  {texts.settings.revoke}
                </Button>
              ),
            },
          ]}
        />
      ) : null}
    </Card>
  );
}
