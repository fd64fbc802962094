import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { Client, EndpointKey } from '../../../sdk/client/index.ts';
import { useClient } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { Said } from '../../text/said/index.tsx';
import { useOperation } from '../../text/use-operation.ts';
import { usePageTitle } from '../../ui/page-title.ts';
import { Card } from '../../ui/surface.tsx';
import type { OpenApi } from '../settings/schema/openapi.ts';
import { ExampleTabs } from './example-tabs.tsx';
import { areasIn, type Endpoint, filledWith, firstOf, listFor, sampleOf } from './operations.ts';
import { Method } from './method.tsx';
import { type Query, searchOf } from './query.ts';
import { SchemaTree } from './schema-tree.tsx';
import { TEXTS } from './texts.ts';
import { TryIt } from './try-it.tsx';

/** One endpoint: what it takes and answers, how programs call it, and a way to try it. */
export function OperationView({ api, endpoint }: { api: OpenApi; endpoint: Endpoint }) {
  const words = useTextsOf(TEXTS);
  const client = useClient();
  const { text: summary, lang } = useOperation()(endpoint.id, endpoint.operation.summary);
  const { method, path, operation } = endpoint;
  usePageTitle(summary);
  const inPath = operation.parameters.filter((each) => each.in === 'path');
  const list = inPath.length === 0 ? undefined : listFor(api, path);
  const own = useQuery({
    queryKey: ['own', list],
    // SAFETY: the API lists it as an endpoint without parameters
    queryFn: () => client.call(`GET ${list}` as EndpointKey as 'GET /v1/roles'),
    enabled: list !== undefined,
    retry: false,
  });
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const params = Object.fromEntries(inPath.map(({ name }) => [name, typed[name] ?? firstOf(own.data, name) ?? '']));
  const [query, setQuery] = useState<Query>({});
  const { schema: body, example } = operation.requestBody?.content['application/json'] ?? {};
  // an example in place of what somebody has would be one mistaken press away from its loss
  const sample = (method === 'POST' ? example : undefined) ?? (body && sampleOf(body));
  const ids = useOwnIds(client, areasIn(sample));
  const [written, setWritten] = useState<string>();
  const text = written ?? (body ? JSON.stringify(filledWith(sample, ids), undefined, 2) : '');
  const scopes = [...new Set(operation.security.flatMap((each) => each['apiKey'] ?? []))];
  const isForKeys = operation.security.some((each) => each['apiKey']);
  const isBytes = operation.requestBody !== undefined && !body;
  const address = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    params[name] ? encodeURIComponent(params[name]) : whole,
  );
  return (
    <>
      <header className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight" lang={lang}>
          {summary}
        </h1>
        <p className="font-mono text-sm break-all">
          <Method name={method} /> {path}
        </p>
        <p className="text-sm text-soft">
          {isForKeys ? (
            <>
              {scopes.length > 0 ? words.needs(scopes.join(', ')) : words.anyKey}{' '}
              <Link to="/settings/$section" params={{ section: 'keys' }} className="text-accent underline">
                {words.makeKey}
              </Link>
            </>
          ) : (
            words.person
          )}
        </p>
      </header>
      {isForKeys ? (
        <Card className="flex flex-col gap-3 p-4">
          <h2 className="text-base font-semibold">{words.example}</h2>
          <ExampleTabs
            call={{
              method,
              url: location.origin + address + searchOf(query),
              ...(isBytes ? { file: 'file' } : parsed(text)),
            }}
          />
        </Card>
      ) : null}
      <TryIt
        endpoint={endpoint}
        params={params}
        onParam={(name, value) => setTyped({ ...typed, [name]: value })}
        text={text}
        onText={setWritten}
        query={query}
        onQuery={setQuery}
      />
      {body ? (
        <Card className="flex flex-col gap-3 p-4">
          <h2 className="text-base font-semibold">{words.body}</h2>
          <SchemaTree schema={body} />
        </Card>
      ) : null}
      <Card className="flex flex-col gap-3 p-4">
        <h2 className="text-base font-semibold">{words.answers}</h2>
        {Object.entries(operation.responses).map(([status, { description, content }]) => {
          const schema = status.startsWith('2') ? content?.['application/json']?.schema : undefined;
          return (
            <div key={status} className="flex flex-col gap-1 text-sm">
              <p className="whitespace-pre-line">
                <strong className="font-mono">{status}</strong> <WithCode text={description} />
              </p>
              {schema ? <SchemaTree schema={schema} /> : null}
            </div>
          );
        })}
      </Card>
    </>
  );
}

/** The first of the reader's own of each of these areas. */
function useOwnIds(client: Client, areas: readonly string[]): ReadonlyMap<string, string> {
  return useQueries({
    queries: areas.map((area) => ({
      queryKey: ['own', `/v1/${area}`],
      // SAFETY: contracts name areas that are listed without parameters
      queryFn: () => client.call(`GET /v1/${area}` as EndpointKey as 'GET /v1/roles'),
      retry: false,
    })),
    combine: (lists) =>
      new Map(
        lists.flatMap(({ data }, at) => {
          const id = firstOf(data, 'id');
          return id === undefined ? [] : [[areas[at] ?? '', id] as const];
        }),
      ),
  });
}

/** What stands between backticks as code, and what refusals are called in the reader's language. */
function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, at) => {
    if (at % 2 === 1) {
      return (
        <code key={at} className="font-mono text-xs">
          {part}
        </code>
      );
    }
    const [, before = '', title = '', after = ''] = /^(: |\s*)(.*?)(\s*)$/s.exec(part) ?? [];
    return (
      <Fragment key={at}>
        {before}
        {title === '' ? null : <Said text={title} />}
        {after}
      </Fragment>
    );
  });
}

/** What was typed, while it is JSON. */
function parsed(text: string): { body?: unknown } {
  if (text.trim() === '') return {};
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { body: text };
  }
}
