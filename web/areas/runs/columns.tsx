import { Link } from '@tanstack/react-router';
import type { Texts } from '../../text/en.ts';
import { Said } from '../../text/said/index.tsx';
import { Badge } from '../../ui/surface.tsx';
import type { Column } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';
import type { Selection } from '../workflows/selection.ts';
import { type RunHead, TONES } from './status.ts';
import type { runTexts } from './texts.ts';
import { Took } from './took.tsx';
import type { useWho } from './who.ts';
import { versionText } from './version-text.ts';

interface Facts {
  texts: Texts;
  own: typeof runTexts.en;
  selection: Selection;
  nameOf: (run: RunHead) => string;
  /** Titles of step types. */
  titleOf: (type: string) => string;
  whoIs: ReturnType<typeof useWho>;
}

/** Columns of the list of runs. */
export function columnsOf({ texts, own, selection, nameOf, titleOf, whoIs }: Facts): Column<RunHead>[] {
  const words = { draft: texts.workflows.draft, version: own.version };
  return [
    {
      id: 'select',
      title: '',
      className: 'w-8',
      cell: (run) => (
        <input
          type="checkbox"
          aria-label={own.select(`${nameOf(run)} ${run.id}`)}
          checked={selection.has(run.id)}
          onChange={() => selection.toggle(run.id)}
          className="size-4 cursor-pointer accent-(--c-accent)"
        />
      ),
    },
    {
      id: 'status',
      title: texts.runs.status,
      cell: (run) => (
        <span className="flex flex-col">
          <Badge tone={TONES[run.status]}>{texts.runs.statuses[run.status]}</Badge>
          {run.waitingFor === undefined ? null : (
            <span className="pl-3.5 text-xs whitespace-nowrap text-soft">
              {texts.runs.waitingFor[run.waitingFor] ?? run.waitingFor}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'workflow',
      title: texts.runs.workflow,
      isHead: true,
      cell: (run) => (
        <Link
          to="/runs/$id"
          params={{ id: run.id }}
          search={{}}
          className="flex min-w-0 flex-col hover:text-accent [&>span:first-child]:hover:underline"
        >
          <span className="truncate">{nameOf(run)}</span>
          <span className="truncate text-xs font-normal text-soft">
            {run.error ? <Said text={run.error.message} isData /> : run.id}
          </span>
        </Link>
      ),
    },
    {
      id: 'trigger',
      title: texts.runs.trigger,
      className: 'max-w-40',
      cell: (run) => (
        <span className="flex min-w-0 flex-col">
          <span className="truncate">{titleOf(run.trigger)}</span>
          <span className="truncate text-xs text-soft">{versionText(run.version, words)}</span>
        </span>
      ),
    },
    {
      id: 'started',
      title: texts.runs.started,
      className: 'max-w-40',
      cell: (run) => (
        <span className="flex min-w-0 flex-col">
          <Ago at={run.startedAt} />
          {run.startedBy ? (
            <span className="truncate text-xs text-soft">
              <span className="sr-only">{own.mode}: </span>
              {whoIs(run.startedBy)}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      id: 'took',
      title: texts.runs.took,
      className: 'tabular-nums whitespace-nowrap',
      cell: (run) => <Took run={run} />,
    },
    { id: 'steps', title: texts.runs.steps, className: 'text-right tabular-nums', cell: (run) => run.steps },
  ];
}
