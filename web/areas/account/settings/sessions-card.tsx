import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { personalClient } from '../../../session/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useAccountTexts } from '../text/index.ts';
import { browserName } from './browser-name.ts';
import { AccountCard } from './card.tsx';

export function SessionsCard() {
  const { account: texts } = useAccountTexts();
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => personalClient.call('GET /v1/account/sessions', {}, { signal }),
  });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['sessions'] });
  const end = useMutation({
    mutationFn: (id: string) => personalClient.call('DELETE /v1/account/sessions/{id}', { params: { id } }),
    onSettled: refresh,
  });
  const endOthers = useMutation({
    mutationFn: () => personalClient.call('DELETE /v1/account/sessions'),
    onSettled: refresh,
  });
  const rows = sessions.data?.sessions ?? [];
  return (
    <AccountCard title={texts.sessions} error={sessions.error ?? end.error ?? endOthers.error}>
      <Table
        isFlush
        label={texts.sessions}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'browser',
            title: texts.browser,
            isHead: true,
            cell: (each) => (
              <span title={each.userAgent ?? ''}>
                {browserName(each.userAgent)} {each.address ?? ''} {each.isCurrent ? `(${texts.current_})` : ''}
              </span>
            ),
          },
          { id: 'since', title: texts.since, cell: (each) => <Ago at={each.createdAt} /> },
          {
            id: 'end',
            title: '',
            cell: (each) =>
              each.isCurrent ? null : (
                <Button
                  look="danger"
                  aria-label={`${texts.end} ${browserName(each.userAgent)}`}
                  onPress={() => end.mutate(each.id)}
                >
                  {texts.end}
                </Button>
              ),
          },
        ]}
      />
      {rows.length > 1 ? (
        <div>
          <Button onPress={() => endOthers.mutate()} isPending={endOthers.isPending}>
            {texts.endOthers}
          </Button>
        </div>
      ) : null}
    </AccountCard>
  );
}
