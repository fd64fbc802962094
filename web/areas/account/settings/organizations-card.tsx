import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../../session/organization.ts';
import { personalClient, useHeld, useSession } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { useRoleName } from '../../../text/roles.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

type Organization = Account['organizations'][number];

export function OrganizationsCard({ account }: { account: Account }) {
  const { account: texts } = useAccountTexts();
  const { actions } = useTexts();
  const roleName = useRoleName();
  const { tenant } = useSession();
  const { choose, refresh } = useHeld();
  const [leaving, setLeaving] = useState<Organization>();
  const leave = useMutation({
    mutationFn: async (id: string) => {
      await personalClient.call('DELETE /v1/account/organizations/{id}', { params: { id } });
      setLeaving(undefined);
      await refresh();
    },
  });
  return (
    <AccountCard title={texts.organizations}>
      <Table
        isFlush
        label={texts.organizations}
        rows={account.organizations}
        keyOf={({ id }) => id}
        columns={[
          { id: 'name', title: texts.name, isHead: true, cell: ({ name }) => name },
          { id: 'id', title: 'Id', className: 'font-mono text-xs', cell: ({ id }) => id },
          { id: 'role', title: texts.role, cell: ({ role }) => roleName(role) },
          { id: 'since', title: texts.since, cell: ({ joinedAt }) => <Ago at={joinedAt} /> },
          {
            id: 'actions',
            title: '',
            cell: (each) => (
              <div className="flex justify-end gap-2">
                {each.id === tenant ? null : (
                  <Button aria-label={`${actions.open} ${each.name}`} onPress={() => choose(each.id)}>
                    {actions.open}
                  </Button>
                )}
                <Button look="danger" aria-label={`${texts.leave} ${each.name}`} onPress={() => setLeaving(each)}>
                  {texts.leave}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {leaving ? (
        <ConfirmDialog
          title={texts.leaveTitle}
          confirm={texts.leave}
          error={leave.error}
          isBusy={leave.isPending}
          onConfirm={() => leave.mutate(leaving.id)}
          onClose={() => setLeaving(undefined)}
        >
          <p className="text-sm">{texts.leaveText(leaving.name)}</p>
        </ConfirmDialog>
      ) : null}
    </AccountCard>
  );
}
