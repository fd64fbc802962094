import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { DataView } from '../../data/data-view.tsx';
import { itemsOf } from '../../data/items.ts';
import { RunFiles } from '../../data/run-files.ts';
import { useClient } from '../../session/session.tsx';
import { decimalText } from '../../text/decimal.ts';
import { useLanguage, useTexts, useTextsOf } from '../../text/index.tsx';
import { momentText } from '../../ui/moment.ts';
import { Said } from '../../text/said/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch, TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Badge, Card, Loading, Page } from '../../ui/surface.tsx';
import { Select } from '../../ui/select.tsx';
import { Ago, durationText } from '../../ui/time.tsx';
import { differencesOf, isDifferent, type Pair } from './differences.ts';
import { runQuery, siblingsQuery } from './queries.ts';
import { type RunView, type Step, TONES } from './status.ts';
import { runTexts } from './texts.ts';
import { versionText } from './version-text.ts';

/** Two runs side by side: what each step gave, and where they part. */
export function ComparePage() {
  const own = useTextsOf(runTexts);
  const texts = useTexts();
  const client = useClient();
  const { id } = useParams({ from: '/runs/$id/compare' });
  const search = useSearch({ from: '/runs/$id/compare' });
  const first = useQuery(runQuery(client, id));
  const second = useQuery({ ...runQuery(client, search.with ?? ''), enabled: search.with !== undefined });
  const failure = first.error ?? second.error;
  return (
    <Page title={own.compareTitle}>
      <p className="text-sm text-soft">{own.compareLead}</p>
      {first.data ? <Chooser run={first.data} chosen={search.with} /> : null}
      {failure ? <ProblemBox error={failure} /> : null}
      {!failure && (first.isPending || (search.with !== undefined && second.isPending)) ? (
        <Loading label={texts.loading} />
      ) : null}
      {first.data && second.data ? <Comparison first={first.data} second={second.data} /> : null}
    </Page>
  );
}

function Chooser({ run, chosen }: { run: RunView; chosen: string | undefined }) {
  const own = useTextsOf(runTexts);
  const texts = useTexts();
  const { locale, zone } = useLanguage();
  const navigate = useNavigate();
  const { data } = useQuery(siblingsQuery(useClient(), run.workflow));
  const [typed, setTyped] = useState('');
  const choose = (other: string): void =>
    void navigate({ to: '/runs/$id/compare', params: { id: run.id }, search: { with: other } });
  const siblings = (data?.runs ?? []).filter(({ id }) => id !== run.id);
  const earlier = siblings.filter(({ startedAt }) => startedAt <= run.startedAt);
  const offers = [
    [own.lastGood, earlier.find(({ status }) => status === 'success')],
    [own.before, earlier[0]],
  ] as const;
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="w-96 max-w-full">
        <Select
          label={own.compareWith}
          value={chosen ?? ''}
          onChange={choose}
          options={siblings.map(({ id, status, startedAt }) => ({
            id,
            text: `${texts.runs.statuses[status]} · ${momentText(startedAt, { locale, zone })} · ${id}`,
          }))}
        />
      </div>
      {offers.map(([text, other]) =>
        other === undefined ? null : (
          <Button key={text} isDisabled={other.id === chosen} onPress={() => choose(other.id)}>
            {text}
          </Button>
        ),
      )}
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') choose(typed.trim());
        }}
      >
        <TextField label={own.otherRun} value={typed} onChange={setTyped} isMono placeholder="run_…" />
        <Button type="submit">{own.compare}</Button>
      </form>
    </div>
  );
}

function Comparison({ first, second }: { first: RunView; second: RunView }) {
  const own = useTextsOf(runTexts);
  const [isNarrow, setNarrow] = useState(false);
  const [open, setOpen] = useState<string>();
  const pairs = differencesOf(first, second);
  const shown = isNarrow ? pairs.filter(isDifferent) : pairs;
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        <Head title={own.first} run={first} />
        <Head title={own.second} run={second} />
      </div>
      <div className="flex items-center justify-between gap-3">
        <p role="status" className="text-sm font-medium">
          {pairs.some(isDifferent) ? null : own.allSame}
        </p>
        <Switch label={own.onlyDifferent} isSelected={isNarrow} onChange={setNarrow} />
      </div>
      <Card className="overflow-hidden">
        <ol aria-label={own.compareTitle}>
          {shown.map((pair) => (
            <li key={pair.key} className="border-b border-line last:border-0">
              <button
                type="button"
                aria-expanded={open === pair.key}
                onClick={() => setOpen(open === pair.key ? undefined : pair.key)}
                className="grid w-full cursor-pointer grid-cols-[minmax(0,1fr)_8rem_8rem_minmax(0,2fr)] items-center gap-x-3 gap-y-1 px-4 py-2 text-left text-sm hover:bg-ground aria-expanded:bg-accent-soft max-md:grid-cols-2 max-md:[&>:first-child]:col-span-2 max-md:[&>:last-child]:col-span-2"
              >
                <span className="truncate font-medium">{pair.name}</span>
                <Outcome step={pair.first} />
                <Outcome step={pair.second} />
                <Difference pair={pair} />
              </button>
              {open === pair.key ? (
                <div className="grid gap-4 p-4 md:grid-cols-2">
                  <RunFiles value={first.id}>
                    <Outputs title={own.first} step={pair.first} />
                  </RunFiles>
                  <RunFiles value={second.id}>
                    <Outputs title={own.second} step={pair.second} />
                  </RunFiles>
                </div>
              ) : null}
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

function Head({ title, run }: { title: string; run: RunView }) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  return (
    <Card className="flex flex-col gap-1 p-4 text-sm">
      <h2 className="font-semibold">{title}</h2>
      <Link to="/runs/$id" params={{ id: run.id }} className="font-mono text-xs text-accent underline">
        {run.id}
      </Link>
      <span className="flex flex-wrap gap-4 text-soft">
        <Badge tone={TONES[run.status]}>{texts.runs.statuses[run.status]}</Badge>
        <Ago at={run.startedAt} />
        {run.finishedAt === undefined ? null : <span>{durationText(run.finishedAt - run.startedAt)}</span>}
        <span className="truncate">
          {versionText(run.version, { draft: texts.workflows.draft, version: own.version })}
        </span>
      </span>
    </Card>
  );
}

function Outcome({ step }: { step: Step | undefined }) {
  const texts = useTexts();
  if (!step) return <span className="text-soft">–</span>;
  return (
    <span className="flex flex-col">
      <Badge tone={TONES[step.status]}>{texts.runs.statuses[step.status]}</Badge>
      <span className="text-xs text-soft tabular-nums">
        {step.durationMs === undefined ? '…' : durationText(step.durationMs)}
      </span>
    </span>
  );
}

function Difference({ pair }: { pair: Pair }) {
  const own = useTextsOf(runTexts);
  const { first, second, isOtherStatus, otherItem, counts, ratio } = pair;
  const words = [
    ...(first ? [] : [own.onlySecond]),
    ...(second ? [] : [own.onlyFirst]),
    ...(isOtherStatus ? [own.otherStatus] : []),
    ...(otherItem === undefined ? [] : [own.otherItems(otherItem)]),
    ...(otherItem === undefined || counts[0] === counts[1] ? [] : [own.otherCount(...counts)]),
    ...(ratio === undefined
      ? []
      : [
          ratio > 1
            ? own.slower(decimalText(ratio, { isPadded: true }))
            : own.faster(decimalText(1 / ratio, { isPadded: true })),
        ]),
  ];
  return words.length === 0 ? (
    <span className="text-soft">{own.same}</span>
  ) : (
    <span className="font-medium text-busy">{words.join('. ')}</span>
  );
}

function Outputs({ title, step }: { title: string; step: Step | undefined }) {
  const texts = useTexts();
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="text-sm font-medium text-soft">{title}</h3>
      {step?.error ? (
        <p className="text-sm text-bad">
          <Said text={step.error.message} isData />
        </p>
      ) : null}
      {(step?.outputs ?? []).map((_, output) => (
        <DataView
          key={output}
          items={itemsOf(step, output)}
          label={`${title}: ${texts.runs.stepOf(step?.nodeName ?? '')}, ${texts.runs.output(output)}`}
        />
      ))}
    </section>
  );
}
