import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../session/auth.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

export function PasswordCard() {
  const { account: texts, signUp } = useAccountTexts();
  const queries = useQueryClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => post('/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      return queries.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  return (
    <AccountCard
      title={texts.password}
      lead={texts.passwordLead}
      error={change.error}
      said={change.isSuccess && texts.changed}
      onSubmit={() => change.mutate()}
    >
      <TextField
        label={texts.current}
        type="password"
        autoComplete="current-password"
        value={currentPassword}
        onChange={setCurrent}
      />
      <TextField
        label={texts.next}
        type="password"
        autoComplete="new-password"
        help={signUp.passwordHelp}
        value={newPassword}
        onChange={setNext}
      />
      <Button type="submit" isDisabled={currentPassword === '' || newPassword === ''} isPending={change.isPending}>
        {texts.change}
      </Button>
    </AccountCard>
  );
}
