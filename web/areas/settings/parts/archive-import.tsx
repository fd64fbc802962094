import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { OutputOf } from '../../../../sdk/client/index.ts';
import { useClient } from '../../../session/session.tsx';
import { Switch } from '../../../ui/field.tsx';
import { FileButton } from '../../../ui/file-button.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { useSettingsTexts } from '../text/index.ts';

/** Brings an export of an organisation in, and says what came of it and what is left to do. */
export function ArchiveImport() {
  const { danger: texts } = useSettingsTexts();
  const client = useClient();
  const queries = useQueryClient();
  // mails to people are sent because somebody asked for them
  const [invites, setInvites] = useState(false);
  const bringIn = useMutation({
    mutationFn: async (file: File) =>
      client.call('POST /v1/organization/import', {
        query: { people: invites ? 'invite' : 'leave' },
        body: new Uint8Array(await file.arrayBuffer()),
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <>
      {bringIn.error ? <ProblemBox error={bringIn.error} /> : null}
      <Switch label={texts.invitePeople} isSelected={invites} onChange={setInvites} />
      <FileButton
        text={bringIn.isPending ? texts.importing : texts.import}
        accept=".zip,application/zip"
        onFile={(file) => bringIn.mutate(file)}
        isPending={bringIn.isPending}
      />
      {bringIn.data ? <Outcome {...bringIn.data} /> : null}
    </>
  );
}

function Outcome({ imported, skipped, todo, left }: OutputOf<'POST /v1/organization/import'>) {
  const { danger: texts } = useSettingsTexts();
  const client = useClient();
  const { data: known } = useQuery({
    queryKey: ['GET /v1/workflows', {}],
    queryFn: () => client.call('GET /v1/workflows', { query: { limit: 200 } }),
    enabled: todo.publish.length > 0,
  });
  const nameOf = (id: string): string => known?.workflows.find((each) => each.id === id)?.name ?? id;
  const counts = (record: Record<string, number>): string =>
    Object.entries(record)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${texts.archived[kind] ?? kind} ${count}`)
      .join(', ');
  const lines: [string, ReactNode][] = [
    [texts.imported, counts(imported)],
    [texts.skipped, counts(skipped)],
    [texts.secretsTodo, todo.secrets.join(', ')],
    [
      texts.publishTodo,
      todo.publish.length > 0
        ? todo.publish.map(({ workflow, version }) => (
            <Link
              key={`${workflow} ${version}`}
              to="/workflows/$id/versions"
              params={{ id: workflow }}
              className="mr-3 text-accent underline"
            >
              {nameOf(workflow)} {version}
            </Link>
          ))
        : '',
    ],
    [texts.left, left.join('; ')],
  ];
  return (
    <div role="status" className="w-full">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="break-words">{value === '' ? '–' : value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
