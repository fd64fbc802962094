import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, type EndpointKey } from '../../../sdk/client/index.ts';
import { personalClient, useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Card } from '../../ui/surface.tsx';
import type { Endpoint } from './operations.ts';
import { TEXTS } from './texts.ts';

interface TryItProps {
  endpoint: Endpoint;
  params: Readonly<Record<string, string>>;
  onParam: (name: string, value: string) => void;
  text: string;
  onText: (text: string) => void;
}

const SHOWN_CHARS = 20_000;

/** Sends the call as who is signed in; what changes something asks first. */
export function TryIt({ endpoint, params, onParam, text, onText }: TryItProps) {
  const words = useTextsOf(TEXTS);
  const { method, path, operation } = endpoint;
  const inQuery = operation.parameters.filter((each) => each.in === 'query');
  const own = useClient();
  const [query, setQuery] = useState<Readonly<Record<string, string>>>({});
  const [isAsking, setAsking] = useState(false);
  const isPersonal = operation.security.every((each) => !each['apiKey']);
  const isBytes = operation.requestBody !== undefined && !operation.requestBody.content['application/json'];
  const send = useMutation({
    mutationFn: async () => {
      const given = Object.entries(query).filter(([, value]) => value !== '');
      const input = {
        params,
        query: Object.fromEntries(given),
        ...(text.trim() === '' ? {} : { body: JSON.parse(text) as unknown }),
      };
      const client = isPersonal ? personalClient : own;
      // SAFETY: the server judges what was typed; that is what trying is for
      const response = await client.open(`${method} ${path}` as EndpointKey, input as never);
      const said = await response.text();
      return { status: response.status, text: said.slice(0, SHOWN_CHARS), isWhole: said.length <= SHOWN_CHARS };
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
        {inQuery.map(({ name, description }) => (
          <TextField
            key={name}
            label={`?${name}`}
            value={query[name] ?? ''}
            onChange={(next) => setQuery({ ...query, [name]: next })}
            help={description}
            isMono
          />
        ))}
      </div>
      {text !== '' || operation.requestBody?.content['application/json'] ? (
        <TextField label={words.body} value={text} onChange={onText} rows={8} isMono />
      ) : null}
      {isBytes ? <p className="text-sm text-soft">{words.bytes}</p> : null}
      <div>
        <Button
          look={method === 'GET' ? 'main' : 'danger'}
          isDisabled={missing || isBytes || send.isPending}
          onPress={() => (method === 'GET' ? send.mutate() : setAsking(true))}
        >
          {words.send}
        </Button>
      </div>
      {send.error ? <Refusal error={send.error} /> : null}
      {send.data ? (
        <>
          <p role="status" className="text-sm">
            {words.answered(send.data.status)}
          </p>
          <pre tabIndex={0} className="max-h-96 overflow-auto rounded-lg bg-well p-3 font-mono text-xs">
            {pretty(send.data.text)}
            {send.data.isWhole ? '' : '\n…'}
          </pre>
        </>
      ) : null}
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

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
