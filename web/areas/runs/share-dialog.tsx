import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useLanguage, useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { momentText } from '../../ui/moment.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { Select } from '../../ui/select.tsx';
import { Table } from '../../ui/table.tsx';
import { sharesQuery } from './queries.ts';
import { runTexts } from './texts.ts';

const DAYS = ['1', '7', '30', '90'] as const;

/** Makes, lists and revokes links that show a run to people who are no members. */
export function ShareDialog({ run, onClose }: { run: string; onClose: () => void }) {
  const texts = useTexts();
  const { sharing } = useTextsOf(runTexts);
  const { locale, zone } = useLanguage();
  const client = useClient();
  const queries = useQueryClient();
  const [days, setDays] = useState<(typeof DAYS)[number]>('7');
  const [withData, setWithData] = useState(false);
  const makeButton = useRef<HTMLButtonElement>(null);
  const shares = useQuery(sharesQuery(client, run));
  const onSettled = () => queries.invalidateQueries({ queryKey: ['run', run, 'shares'] });
  const make = useMutation({
    mutationFn: () =>
      client.call('POST /v1/runs/{id}/shares', { params: { id: run }, body: { days: Number(days), withData } }),
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (share: string) => client.call('DELETE /v1/runs/{id}/shares/{share}', { params: { id: run, share } }),
    onMutate: (share) => {
      if (make.data?.id === share) make.reset();
    },
    // the button is gone with its link: whoever uses a keyboard goes on from here
    onSuccess: () => makeButton.current?.focus(),
    onSettled,
  });
  const moment = (atMs: number): string => momentText(atMs, { locale, zone });
  const url = make.data?.url;
  const failure = make.error ?? revoke.error ?? shares.error;
  const links = shares.data?.shares;
  return (
    <Dialog title={sharing.title} closeLabel={texts.actions.close} isOpen onClose={onClose} wide>
      <p className="text-sm text-soft">{sharing.lead}</p>
      <div className="flex flex-col items-start gap-3">
        <Select
          label={sharing.days}
          value={days}
          options={DAYS.map((each) => ({ id: each, text: sharing.dayCount(Number(each)) }))}
          onChange={setDays}
        />
        <span className="text-sm">
          <Checkbox label={sharing.withData} isSelected={withData} onChange={setWithData} />
        </span>
        <Button ref={makeButton} look="main" isPending={make.isPending} onPress={() => make.mutate()}>
          {sharing.make}
        </Button>
      </div>
      {failure ? <ProblemBox error={failure} /> : null}
      {url === undefined ? null : (
        <div role="status" className="flex flex-col gap-2 rounded-md border border-line bg-well p-3 text-sm">
          <p>{sharing.made}</p>
          <code className="break-all">{url}</code>
          <CopyButton look="plain" className="self-start" text={url} />
        </div>
      )}
      {!links ? null : links.length === 0 ? (
        <p className="text-sm text-soft">{sharing.none}</p>
      ) : (
        <Table
          label={sharing.links}
          rows={links}
          keyOf={({ id }) => id}
          columns={[
            { id: 'until', title: sharing.until, isHead: true, cell: ({ expiresAt }) => moment(expiresAt) },
            { id: 'what', title: sharing.what, cell: ({ withData: all }) => (all ? sharing.data : sharing.bare) },
            {
              id: 'revoke',
              title: sharing.revoke,
              cell: ({ id, expiresAt }) => (
                <Button
                  look="danger"
                  aria-label={sharing.revokeOf(moment(expiresAt))}
                  isPending={revoke.isPending}
                  onPress={() => revoke.mutate(id)}
                >
                  {sharing.revoke}
                </Button>
              ),
            },
          ]}
        />
      )}
    </Dialog>
  );
}
