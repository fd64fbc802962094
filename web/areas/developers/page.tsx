import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { useAreaName } from '../../text/areas.ts';
import { useOperation } from '../../text/use-operation.ts';
import { TextField } from '../../ui/field.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { Loading } from '../../ui/surface.tsx';
import { type OpenApi, openApiQuery } from '../settings/schema/openapi.ts';
import { type Endpoint, endpointsOf } from './operations.ts';
import { Method } from './method.tsx';
import { OperationView } from './operation-view.tsx';
import { TEXTS } from './texts.ts';
import { Welcome } from './welcome.tsx';

const LINK = 'flex items-baseline gap-2 rounded-md px-2 py-1 text-xs hover:bg-well data-[status=active]:bg-accent-soft';

/** `/developers/<operation>`: the API as it describes itself, with examples of the person's own things. */
export function DevelopersPage() {
  const texts = useTexts();
  const api = useQuery(openApiQuery);
  if (api.error) return <ProblemBox error={api.error} onRetry={() => void api.refetch()} />;
  return api.data ? <Explorer api={api.data} /> : <Loading label={texts.loading} />;
}

function Explorer({ api }: { api: OpenApi }) {
  const words = useTextsOf(TEXTS);
  const areaName = useAreaName();
  const operationText = useOperation();
  const { operation: id = '' } = useParams({ strict: false });
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const has = ({ path, operation, method }: Endpoint): boolean =>
    `${method} ${path} ${operation.summary} ${operationText(operation.operationId, operation.summary).text}`
      .toLowerCase()
      .includes(wanted);
  const endpoints = endpointsOf(api);
  const areas = [...endpoints]
    .map(([area, all]) => [area, all.filter(has)] as const)
    .filter(([, all]) => all.length > 0);
  const open = [...endpoints.values()].flat().find((each) => each.id === id);
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // newer browsers answer with a promise, which React would take for what ends the effect
    list.current?.querySelector('[data-status=active]')?.scrollIntoView({ block: 'nearest' });
  }, [id]);
  return (
    <div className="flex min-h-full max-lg:flex-col">
      <nav
        ref={list}
        aria-label={words.endpoints}
        className="flex max-h-screen w-80 shrink-0 flex-col gap-1.5 overflow-auto border-r border-line p-4 max-lg:border-r-0 max-lg:border-b max-lg:max-h-80 max-lg:w-full lg:sticky lg:top-0"
      >
        <TextField
          label={words.search}
          placeholder={words.search}
          hideLabel
          value={text}
          onChange={setText}
          type="search"
        />
        {areas.length === 0 ? <p className="text-sm text-soft">{words.noEndpoint}</p> : null}
        {areas.map(([area, all]) => (
          <details key={area} open={wanted !== '' || all.some((each) => each.id === id)}>
            <summary className="cursor-pointer rounded-md px-1 py-0.5 text-sm font-medium hover:bg-well">
              {areaName(area)} <span className="font-normal text-soft tabular-nums">{all.length}</span>
            </summary>
            {all.map((each) => (
              <Link key={each.id} to="/developers/$operation" params={{ operation: each.id }} className={LINK}>
                <Method name={each.method} />
                <Summary {...operationText(each.id, each.operation.summary)} />
              </Link>
            ))}
          </details>
        ))}
      </nav>
      <div className="flex min-w-0 flex-1 flex-col gap-4 p-6">
        {open ? (
          <OperationView key={open.id} api={api} endpoint={open} />
        ) : id === '' ? (
          <Welcome />
        ) : (
          <Unknown id={id} />
        )}
      </div>
    </div>
  );
}

const Summary = ({ text, lang }: { text: string; lang?: 'en' }) => (
  <span className="break-words" lang={lang}>
    {text}
  </span>
);

/** What stands where an address names an endpoint that is none: it was renamed, or mistyped. */
function Unknown({ id }: { id: string }) {
  const words = useTextsOf(TEXTS);
  usePageTitle(words.unknown);
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{words.unknown}</h1>
      <p className="max-w-2xl text-sm break-words text-soft">{words.unknownHint(id)}</p>
    </>
  );
}
