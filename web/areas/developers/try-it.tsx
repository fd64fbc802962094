import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, type EndpointKey } from '../../../sdk/client/index.ts';
import { personalClient, useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Select } from '../../ui/select.tsx';
import { Card } from '../../ui/surface.tsx';
import { bare, type Schema } from '../settings/schema/schema.ts';
import { AnswerView } from './answer-view.tsx';
import type { Endpoint } from './operations.ts';
import type { Query } from './query.ts';
import { readAnswer } from './read-answer.ts';
import { TEXTS } from './texts.ts';

interface TryItProps {
  endpoint: Endpoint;
  params: Readonly<Record<string, string>>;
  onParam: (name: string, value: string) => void;
  text: string;
  onText: (text: string) => void;
  query: Query;
  onQuery: (query: Query) => void;
}

/** Sends the call as who is signed in; what changes something asks first. */
export function TryIt({ endpoint, params, onParam, text, onText, query, onQuery }: TryItProps) {
  const words = useTextsOf(TEXTS);
  const { method, path, operation } = endpoint;
  const inQuery = operation.parameters.filter((each) => each.in === 'query');
  const own = useClient();
  const [file, setFile] = useState<File>();
  const [isAsking, setAsking] = useState(false);
  const isPersonal = operation.security.every((each) => !each['apiKey']);
  const isBytes = operation.requestBody !== undefined && !operation.requestBody.content['application/json'];
  const send = useMutation({
    mutationFn: async () => {
      const given = Object.entries(query).filter(([, value]) => value !== '');
      const input = {
        params,
        query: Object.fromEntries(given),
        ...(isBytes && file ? { body: new Uint8Array(await file.arrayBuffer()) } : {}),
        ...(isBytes || text.trim() === '' ? {} : { body: JSON.parse(text) as unknown }),
      };
      const client = isPersonal ? personalClient : own;
      const begun = performance.now();
      // SAFETY: the server judges what was typed; that is what trying is for
      const response = await client.open(`${method} ${path}` as EndpointKey, input as never);
      return readAnswer(response, Math.round(performance.now() - begun));
    },
    onSettled: () => setAsking(false),
  });
  const missing = Object.values(params).includes('');
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{words.tryIt}</h2>
      <div className="grid gap-3 sm:grid-cols-2">
        {Object.entries(params).map(([name, value]) => (
          <TextField key={name} label={name} value={value} onChange={(next) => onParam(name, next)} isMono />
        ))}
        {inQuery.map(({ name, description, schema }) => (
          <QueryField
            key={name}
            name={name}
            schema={schema}
            value={query[name] ?? ''}
            onChange={(next) => onQuery({ ...query, [name]: next })}
            help={description ?? schema.description}
          />
        ))}
      </div>
      {text !== '' || operation.requestBody?.content['application/json'] ? (
        <TextField label={words.body} value={text} onChange={onText} rows={8} isMono />
      ) : null}
      {isBytes ? (
        <div className="flex items-center gap-3">
          <FileButton text={words.chooseFile} accept="" onFile={setFile} />
          <span className="text-sm text-soft">{file?.name ?? words.bytes}</span>
        </div>
      ) : null}
      <div>
        <Button
          look={method === 'GET' ? 'main' : 'danger'}
          isDisabled={missing || (isBytes && !file)}
          isPending={send.isPending}
          onPress={() => (method === 'GET' ? send.mutate() : setAsking(true))}
        >
          {words.send}
        </Button>
      </div>
      {send.error ? <Refusal error={send.error} /> : null}
      {send.data ? <AnswerView key={send.submittedAt} answer={send.data} /> : null}
      {isAsking ? (
        <ConfirmDialog
          title={words.reallyTitle}
          confirm={words.send}
          isBusy={send.isPending}
          onConfirm={() => send.mutate()}
          onClose={() => setAsking(false)}
        >
          <p className="text-sm">{words.reallyText}</p>
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}

function Refusal({ error }: { error: unknown }) {
  const words = useTextsOf(TEXTS);
  return (
    <>
      {error instanceof ApiError ? (
        <p className="text-sm">
          {words.answered(error.status)} {error.code}
        </p>
      ) : null}
      <ProblemBox error={error} />
    </>
  );
}

function QueryField(props: {
  name: string;
  schema: Schema;
  value: string;
  onChange: (value: string) => void;
  help: string | undefined;
}) {
  const { name, schema, value, onChange } = props;
  // contracts are described in English
  const help = props.help === undefined ? undefined : <span lang="en">{props.help}</span>;
  const options = bare(schema).schema.enum;
  const label = `?${name}`;
  if (!options) return <TextField label={label} value={value} onChange={onChange} help={help} isMono />;
  return (
    <Select
      label={label}
      value={value}
      onChange={onChange}
      options={['', ...options].map((id) => ({ id, text: id === '' ? '–' : id }))}
      {...(help === undefined ? {} : { help })}
    />
  );
}
