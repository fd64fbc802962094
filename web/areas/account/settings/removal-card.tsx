import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { personalClient, useHeld } from '../../../session/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

export function RemovalCard({ email }: { email: string }) {
  const { account: texts } = useAccountTexts();
  const { signOut } = useHeld();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      await personalClient.call('DELETE /v1/account');
      await signOut();
    },
  });
  return (
    <AccountCard title={texts.remove} lead={texts.removeLead}>
      <div>
        <Button look="danger" onPress={() => setAsking(true)}>
          {texts.remove}
        </Button>
      </div>
      {isAsking ? (
        <ConfirmDialog
          title={texts.removeTitle}
          confirm={texts.remove}
          typed={email}
          error={remove.error}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          <p className="text-sm">{texts.removeLead}</p>
        </ConfirmDialog>
      ) : null}
    </AccountCard>
  );
}
