import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { EndpointKey } from '../../../../sdk/client/index.ts';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card, Loading } from '../../../ui/surface.tsx';
import { SchemaForm } from '../schema/form.tsx';
import { inputSchemaOf, openApiQuery, send } from '../schema/openapi.ts';
import { type Fields, type Schema, sentOf, startOf } from '../schema/schema.ts';
import { useSettingsTexts } from '../text/index.ts';

interface DocumentCardProps {
  title: string;
  lead?: ReactNode;
  read: EndpointKey;
  write: EndpointKey;
  /** What of the answer the form begins with. */
  valueOf: (answer: Fields) => Fields;
  /** What comes of it, as it stands in the form. */
  renderPreview?: (value: Fields) => ReactNode;
}

/** One thing that is always there, read and changed as a whole, by a form made of the endpoint's schema. */
export function DocumentCard({ title, lead, read, write, valueOf, renderPreview }: DocumentCardProps) {
  const texts = useTexts();
  const { pages } = useSettingsTexts();
  const client = useClient();
  const api = useQuery(openApiQuery);
  const document = useQuery({
    queryKey: [read, {}],
    queryFn: async () => (await client.call(read)) as unknown as Fields,
  });
  const failure = api.error ?? document.error;
  return (
    <Card className="flex flex-col gap-3 p-4">
      {Object.values(pages).includes(title) ? null : <h2 className="text-base font-semibold">{title}</h2>}
      {lead === undefined ? null : <div className="text-sm text-soft">{lead}</div>}
      {failure ? <ProblemBox error={failure} /> : null}
      {api.data && document.data ? (
        <DocumentForm
          schema={inputSchemaOf(api.data, write)}
          start={valueOf(document.data)}
          read={read}
          write={write}
          renderPreview={renderPreview}
        />
      ) : failure ? null : (
        <Loading label={texts.loading} />
      )}
    </Card>
  );
}

interface DocumentFormProps extends Pick<DocumentCardProps, 'read' | 'write'> {
  renderPreview: DocumentCardProps['renderPreview'];
  schema: Schema;
  start: Fields;
}

function DocumentForm({ schema, start, read, write, renderPreview }: DocumentFormProps) {
  const { save, saved } = useSettingsTexts();
  const client = useClient();
  const queries = useQueryClient();
  const [value, setValue] = useState<Fields>(() => ({ ...(startOf(schema) as Fields), ...start }));
  const put = useMutation({
    mutationFn: () => send(client, write, sentOf(schema, value)),
    onSuccess: () => queries.invalidateQueries({ queryKey: [read] }),
  });
  return (
    <>
      <SchemaForm
        schema={schema}
        value={value}
        onChange={(next) => {
          put.reset();
          setValue(next);
        }}
        onSubmit={() => put.mutate()}
        submit={save}
        isBusy={put.isPending}
        error={put.error}
      />
      {renderPreview?.(value)}
      <p role="status" className="text-sm text-good empty:hidden">
        {put.isSuccess ? saved : ''}
      </p>
    </>
  );
}
