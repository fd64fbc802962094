import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { NameOf } from '../../../data/name-of.tsx';
import { useNames } from '../../../data/use-names.ts';
import { useClient } from '../../../session/session.tsx';
import { useLanguage, useTexts } from '../../../text/index.tsx';
import { useMeterName } from '../../../text/meters.ts';
import { Button } from '../../../ui/button.tsx';
import { ownZone } from '../../../ui/moment.ts';
import { ProblemBox } from '../../../ui/problem.tsx';
import { saveBytesAs } from '../../../ui/save-as.ts';
import { Select } from '../../../ui/select.tsx';
import { Badge, Card, Loading } from '../../../ui/surface.tsx';
import { Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useSettingsTexts } from '../text/index.ts';
import { CollectionCard } from '../collections/collection-card.tsx';
import { usageSinks } from '../collections/deployment.tsx';
import { amountText } from './amounts.ts';
import { Meters } from './meters.tsx';

const Chart = lazy(() => import('./chart.tsx').then(({ Chart: chart }) => ({ default: chart })));

const FLOWS = ['runs', 'steps', 'cpuMs', 'egressBytes', 'apiCalls', 'aiTokens'] as const;
type Flow = (typeof FLOWS)[number];
type By = 'hour' | 'day';

const DAY_MS = 86_400_000;
/** As much as fits a chart: two days by hour, a month by day. */
const SPAN_MS: Readonly<Record<By, number>> = { hour: 2 * DAY_MS, day: 31 * DAY_MS };

export function Usage() {
  const words = useSettingsTexts();
  return (
    <>
      <Meters />
      <OverTime />
      <ByWorkflow />
      <Notices />
      <CollectionCard collection={usageSinks(words)} />
    </>
  );
}

function OverTime() {
  const { usage: texts } = useSettingsTexts();
  const meterName = useMeterName();
  const { loading } = useTexts();
  const { locale, zone: own } = useLanguage();
  const client = useClient();
  const [flow, setFlow] = useState<Flow>('runs');
  const [by, setBy] = useState<By>('day');
  const series = useQuery({
    queryKey: ['usage', 'series', by],
    queryFn: ({ signal }) =>
      client.call('GET /v1/usage/series', { query: { by, since: Date.now() - SPAN_MS[by] } }, { signal }),
    refetchInterval: 60_000,
  });
  const download = useMutation({
    mutationFn: async () => {
      const query = { by, since: Date.now() - SPAN_MS[by] };
      saveBytesAs(`usage-${by}.csv`, await (await client.open('GET /v1/usage/export', { query })).blob());
    },
  });
  const points = (series.data?.points ?? []).map(({ at, amounts }) => ({ at, value: amounts[flow] }));
  const zone = by === 'hour' ? ownZone(own) : 'UTC';
  const textOf = useCallback((value: number) => amountText(flow, value, locale), [flow, locale]);
  const when = new Intl.DateTimeFormat(
    locale,
    // days are counted in UTC, also where it is another day
    { timeZone: zone, ...(by === 'hour' ? { dateStyle: 'short', timeStyle: 'short' } : { dateStyle: 'medium' }) },
  );
  const failure = series.error ?? download.error;
  const name = meterName(flow);
  return (
    <Card className="flex flex-col gap-3 p-4">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-base font-semibold">{texts.chart}</h2>
        <div className="flex flex-wrap items-end gap-2">
          <Select
            label={texts.meter}
            hideLabel
            value={flow}
            onChange={setFlow}
            options={FLOWS.map((id) => ({ id, text: meterName(id) }))}
          />
          <Select
            label={texts.by}
            hideLabel
            value={by}
            onChange={setBy}
            options={[
              { id: 'day', text: texts.byDay },
              { id: 'hour', text: texts.byHour },
            ]}
          />
          <Button onPress={() => download.mutate()} isPending={download.isPending}>
            {texts.download}
          </Button>
        </div>
      </header>
      {failure ? <ProblemBox error={failure} /> : null}
      <Suspense fallback={<Loading label={loading} />}>
        <Chart
          label={name}
          points={points}
          stepMs={by === 'hour' ? DAY_MS / 24 : DAY_MS}
          spanMs={SPAN_MS[by]}
          textOf={textOf}
          isWhole={!flow.endsWith('Bytes') && flow !== 'cpuMs'}
        />
      </Suspense>
      <details className="text-sm">
        <summary className="cursor-pointer text-accent">{texts.table}</summary>
        <Table
          label={`${texts.chart}: ${name}`}
          rows={points}
          keyOf={({ at }) => String(at)}
          columns={[
            {
              id: 'at',
              title: `${by === 'hour' ? texts.byHour : texts.byDay} (${zone})`,
              isHead: true,
              cell: ({ at }) => when.format(at),
            },
            { id: 'value', title: name, cell: ({ value }) => textOf(value) },
          ]}
        />
      </details>
    </Card>
  );
}

function ByWorkflow() {
  const { usage: texts } = useSettingsTexts();
  const meterName = useMeterName();
  const { locale } = useLanguage();
  const client = useClient();
  const used = useQuery({
    queryKey: ['usage', 'workflows'],
    queryFn: ({ signal }) => client.call('GET /v1/usage/workflows', { query: { limit: 20 } }, { signal }),
  });
  if (used.error) return <ProblemBox error={used.error} />;
  if (!used.data || used.data.workflows.length === 0) return null;
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{texts.workflows}</h2>
      <Table
        label={texts.workflows}
        rows={used.data.workflows}
        isFlush
        keyOf={({ workflow }) => workflow}
        columns={[
          {
            id: 'workflow',
            title: texts.workflow,
            isHead: true,
            cell: ({ workflow }) => <WorkflowLink id={workflow} />,
          },
          ...FLOWS.map((id) => ({
            id,
            title: meterName(id),
            className: 'text-right tabular-nums',
            cell: ({ amounts }: { amounts: Record<Flow, number> }) => amountText(id, amounts[id], locale),
          })),
        ]}
      />
    </Card>
  );
}

/** A workflow that is gone is named and leads nowhere. */
function WorkflowLink({ id }: { id: string }) {
  const name = useNames('workflow')?.names.get(id);
  if (name === undefined) return <NameOf kind="workflow" id={id} />;
  return (
    <Link className="text-accent underline" to="/workflows/$id" params={{ id }}>
      {name}
    </Link>
  );
}

function Notices() {
  const { usage: texts } = useSettingsTexts();
  const meterName = useMeterName();
  const client = useClient();
  const notices = useQuery({
    queryKey: ['usage', 'notices'],
    queryFn: ({ signal }) => client.call('GET /v1/usage/notices', {}, { signal }),
  });
  if (notices.error) return <ProblemBox error={notices.error} />;
  if (!notices.data || notices.data.notices.length === 0) return null;
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{texts.notices}</h2>
      <ul className="flex flex-col gap-1 text-sm">
        {notices.data.notices.map((notice) => (
          <li key={`${notice.meter} ${notice.percent} ${notice.kind} ${notice.period}`} className="flex gap-3">
            <Badge tone={notice.kind === 'hard' ? 'bad' : 'busy'}>
              {meterName(notice.meter)} {notice.percent} %
            </Badge>
            <Ago at={notice.at} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
