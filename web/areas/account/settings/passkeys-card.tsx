import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addPasskey, get, hasPasskeys, post } from '../../../session/auth.ts';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

interface Passkey {
  id: string;
  name?: string;
  createdAt: string;
}

export function PasskeysCard() {
  const { account: texts } = useAccountTexts();
  const { actions } = useTexts();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: () => get<{ passkeys: Passkey[] }>('/auth/passkey/list-user-passkeys'),
  });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['passkeys'] });
  const add = useMutation({
    mutationFn: () => addPasskey(name.trim()),
    onSuccess: () => {
      setName('');
      return refresh();
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => post('/auth/passkey/delete-passkey', { id }),
    onSettled: refresh,
  });
  const rows = passkeys.data?.passkeys ?? [];
  return (
    <AccountCard
      title={texts.passkeys}
      lead={texts.passkeysLead}
      error={passkeys.error ?? add.error ?? remove.error}
      onSubmit={() => add.mutate()}
    >
      {rows.length === 0 ? (
        <p className="w-full text-sm text-soft">{texts.noPasskeys}</p>
      ) : (
        <div className="w-full">
          <Table
            isFlush
            label={texts.passkeys}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              { id: 'name', title: texts.passkeyName, isHead: true, cell: (each) => each.name ?? each.id },
              { id: 'at', title: texts.created, cell: (each) => <Ago at={Date.parse(each.createdAt)} /> },
              {
                id: 'remove',
                title: '',
                cell: (each) => (
                  <Button
                    look="danger"
                    aria-label={`${actions.remove} ${each.name ?? each.id}`}
                    onPress={() => remove.mutate(each.id)}
                  >
                    {actions.remove}
                  </Button>
                ),
              },
            ]}
          />
        </div>
      )}
      {hasPasskeys() ? (
        <>
          <TextField label={texts.passkeyName} value={name} onChange={setName} />
          <Button type="submit" isDisabled={name.trim() === ''} isPending={add.isPending}>
            {texts.addPasskey}
          </Button>
        </>
      ) : null}
    </AccountCard>
  );
}
