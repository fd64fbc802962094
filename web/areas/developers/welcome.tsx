import { Link } from '@tanstack/react-router';
import { useSession } from '../../session/session.tsx';
import { useTextsOf } from '../../text/index.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { Card } from '../../ui/surface.tsx';
import { ExampleTabs } from './example-tabs.tsx';
import { TEXTS } from './texts.ts';

/** How to begin: where the API is, how to get in, a first call, and what answers look like when something is wrong. */
export function Welcome() {
  const words = useTextsOf(TEXTS);
  const { tenant } = useSession();
  usePageTitle(words.title);
  const facts: readonly (readonly [string, string])[] = [
    [words.address, `${location.origin}/v1`],
    [words.organization, tenant],
    [words.hooks, `${location.origin}/hooks/${tenant}/…`],
  ];
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{words.title}</h1>
      <p className="max-w-2xl text-sm">{words.lead}</p>
      <Card className="flex flex-col gap-3 p-4">
        <h2 className="text-base font-semibold">{words.begin}</h2>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm max-sm:grid-cols-1">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="font-mono text-xs leading-5 break-all select-all">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="max-w-2xl text-sm">
          {words.key}{' '}
          <Link to="/settings/$section" params={{ section: 'keys' }} className="text-accent underline">
            {words.makeKey}
          </Link>
        </p>
        <ExampleTabs call={{ method: 'GET', url: `${location.origin}/v1/workflows` }} />
      </Card>
      <Card className="flex flex-col gap-3 p-4">
        <h2 className="text-base font-semibold">{words.good}</h2>
        <ul className="flex max-w-2xl list-disc flex-col gap-1.5 pl-5 text-sm">
          {words.habits.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <p className="text-sm">
          {words.document}{' '}
          <a className="text-accent underline" href="/openapi.json">
            /openapi.json
          </a>
        </p>
      </Card>
    </>
  );
}
