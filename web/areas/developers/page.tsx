import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Loading } from '../../ui/surface.tsx';
import { type OpenApi, openApiQuery } from '../settings/schema/openapi.ts';
import { type Endpoint, endpointsOf } from './operations.ts';
import { OperationView } from './operation-view.tsx';
import { TEXTS } from './texts.ts';

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
  const { operation: id = '' } = useParams({ strict: false });
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const has = ({ path, operation, method }: Endpoint): boolean =>
    `${method} ${path} ${operation.summary}`.toLowerCase().includes(wanted);
  const areas = [...endpointsOf(api)]
    .map(([area, all]) => [area, all.filter(has)] as const)
    .filter(([, all]) => all.length > 0);
  const open = [...endpointsOf(api).values()].flat().find((each) => each.id === id);
  return (
    <div className="flex min-h-full max-lg:flex-col">
      <nav
        aria-label={words.endpoints}
        className="flex max-h-screen w-80 shrink-0 flex-col gap-3 overflow-auto border-r border-line p-4 max-lg:max-h-80 max-lg:w-full lg:sticky lg:top-0"
      >
        <TextField label={words.search} value={text} onChange={setText} type="search" />
        {areas.map(([area, all]) => (
          <details key={area} open={wanted !== '' || all.some((each) => each.id === id)}>
            <summary className="cursor-pointer text-sm font-medium">{area}</summary>
            {all.map((each) => (
              <Link key={each.id} to="/developers/$operation" params={{ operation: each.id }} className={LINK}>
                <span className="w-12 shrink-0 font-mono font-semibold text-accent">{each.method}</span>
                <span className="break-words">{each.operation.summary}</span>
              </Link>
            ))}
          </details>
        ))}
      </nav>
      <div className="flex min-w-0 flex-1 flex-col gap-4 p-6">
        {open ? <OperationView key={open.id} api={api} endpoint={open} /> : <Welcome />}
      </div>
    </div>
  );
}

function Welcome() {
  const words = useTextsOf(TEXTS);
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{words.title}</h1>
      <p className="max-w-2xl text-sm">{words.lead}</p>
      <p className="max-w-2xl text-sm">{words.key}</p>
      <p className="text-sm">
        <a className="text-accent underline" href="/openapi.json">
          /openapi.json
        </a>
      </p>
    </>
  );
}
