import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../../session/organization.ts';
import { personalClient, useHeld } from '../../../session/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

export function ProfileCard({ account }: { account: Account }) {
  const { account: texts, signIn } = useAccountTexts();
  const { refresh } = useHeld();
  const [name, setName] = useState(account.name);
  const save = useMutation({
    mutationFn: async () => {
      await personalClient.call('PATCH /v1/account', { body: { name } });
      await refresh();
    },
  });
  return (
    <AccountCard
      title={texts.profile}
      error={save.error}
      said={save.isSuccess && texts.saved}
      onSubmit={() => save.mutate()}
    >
      <TextField label={texts.name} value={name} onChange={setName} autoComplete="name" />
      <TextField label={signIn.email} value={account.email} onChange={() => undefined} isReadOnly />
      <Button type="submit" isDisabled={name.trim() === '' || name === account.name} isPending={save.isPending}>
        {texts.save}
      </Button>
    </AccountCard>
  );
}
