import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useClient, useSession } from '../../../session/session.tsx';
import { useLanguage, useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { saveBytesAs } from '../../../ui/save-as.ts';
import { Badge, Card, Loading } from '../../../ui/surface.tsx';
import { useSettingsTexts } from '../text/index.ts';
import { ArchiveImport } from './archive-import.tsx';

export function Danger() {
  const { danger: texts } = useSettingsTexts();
  const { loading } = useTexts();
  const { locale, zone } = useLanguage();
  const { tenant } = useSession();
  const client = useClient();
  const queries = useQueryClient();
  const [asks, setAsks] = useState<'suspend' | 'delete'>();
  const [days, setDays] = useState('7');
  const refresh = async (): Promise<void> => {
    setAsks(undefined);
    await queries.invalidateQueries({ queryKey: ['GET /v1/organization'] });
  };
  const organization = useQuery({
    queryKey: ['GET /v1/organization', {}],
    queryFn: () => client.call('GET /v1/organization'),
  });
  const takeOut = useMutation({
    mutationFn: async () =>
      saveBytesAs(`${tenant}.zip`, await (await client.open('GET /v1/organization/export')).blob()),
  });
  const suspend = useMutation({ mutationFn: () => client.call('POST /v1/organization/suspend'), onSuccess: refresh });
  const resume = useMutation({ mutationFn: () => client.call('POST /v1/organization/resume'), onSuccess: refresh });
  const remove = useMutation({
    mutationFn: () => client.call('DELETE /v1/organization', { body: { confirm: tenant, graceDays: Number(days) } }),
    onSuccess: refresh,
  });
  const restore = useMutation({ mutationFn: () => client.call('POST /v1/organization/restore'), onSuccess: refresh });
  if (organization.error) return <ProblemBox error={organization.error} />;
  if (!organization.data) return <Loading label={loading} />;
  const { standing, deleteAt } = organization.data;
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone: zone });
  return (
    <>
      <Part title={texts.exportTitle} lead={texts.exportLead} error={takeOut.error}>
        <Button onPress={() => takeOut.mutate()} isPending={takeOut.isPending}>
          {texts.export}
        </Button>
      </Part>
      <Part title={texts.importTitle} lead={texts.importLead} error={null}>
        <ArchiveImport />
      </Part>
      <Part title={texts.suspendTitle} lead={texts.suspendLead} error={suspend.error ?? resume.error}>
        {standing === 'suspended' ? (
          <>
            <Badge tone="bad">{texts.suspended}</Badge>
            <Button onPress={() => resume.mutate()} isPending={resume.isPending}>
              {texts.resume}
            </Button>
          </>
        ) : (
          <Button look="danger" onPress={() => setAsks('suspend')} isDisabled={standing !== 'active'}>
            {texts.suspend}
          </Button>
        )}
      </Part>
      <Part title={texts.deleteTitle} lead={texts.deleteLead} error={restore.error}>
        {standing === 'deleting' && deleteAt !== null ? (
          <>
            <Badge tone="bad">{texts.deleting(when.format(deleteAt))}</Badge>
            <Button onPress={() => restore.mutate()} isPending={restore.isPending}>
              {texts.restore}
            </Button>
          </>
        ) : (
          <Button look="danger" onPress={() => setAsks('delete')}>
            {texts.delete}
          </Button>
        )}
        {remove.data ? (
          <p role="status" className="w-full text-sm">
            {texts.certificate}{' '}
            <a className="text-accent underline" href={remove.data.certificate}>
              {remove.data.certificate}
            </a>
          </p>
        ) : null}
      </Part>
      {asks === 'suspend' ? (
        <ConfirmDialog
          title={`${texts.suspend}?`}
          confirm={texts.suspend}
          error={suspend.error}
          isBusy={suspend.isPending}
          onConfirm={() => suspend.mutate()}
          onClose={() => setAsks(undefined)}
        >
          <p className="text-sm">{texts.suspendLead}</p>
        </ConfirmDialog>
      ) : null}
      {asks === 'delete' ? (
        <ConfirmDialog
          title={`${texts.delete}?`}
          confirm={texts.delete}
          typed={tenant}
          error={remove.error}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsks(undefined)}
        >
          <p className="text-sm">{texts.deleteLead}</p>
          <TextField label={texts.days} type="number" value={days} onChange={setDays} />
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function Part(props: { title: string; lead: string; error: unknown; children: ReactNode }) {
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{props.title}</h2>
      <p className="max-w-2xl text-sm text-soft">{props.lead}</p>
      {props.error ? <ProblemBox error={props.error} /> : null}
      <div className="flex flex-wrap items-center gap-3">{props.children}</div>
    </Card>
  );
}
