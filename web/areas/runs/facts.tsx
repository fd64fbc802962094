import { Link } from '@tanstack/react-router';
import { useCatalog } from '../../canvas/use-catalog.ts';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Badge } from '../../ui/surface.tsx';
import { Ago } from '../../ui/time.tsx';
import { isOver, type RunView, TONES } from './status.ts';
import { runTexts } from './texts.ts';
import { Took } from './took.tsx';
import { useWho } from './who.ts';
import { versionParts, versionText } from './version-text.ts';

/** More than anybody looks at; the list of runs has them all. */
const SHOWN_RERUNS = 3;

const LINK = 'text-accent underline-offset-2 hover:underline';

const RunLink = ({ id, children }: { id: string; children: string }) => (
  <Link to="/runs/$id" params={{ id }} search={{}} className={LINK}>
    {children}
  </Link>
);

/** State, time, what started it, on which version, and which other runs it belongs to. */
export function RunFacts({ run }: { run: RunView }) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const { data: catalog } = useCatalog();
  const trigger = catalog?.get(run.trigger)?.title ?? run.trigger;
  const { startedBy, calledBy, errorOf, errorRun, rerunOf, reruns = [] } = run;
  const furtherReruns = reruns.length - SHOWN_RERUNS;
  const whoIs = useWho([startedBy]);
  // who did it says more than that somebody did
  const mode = startedBy && run.mode === 'manual' ? [] : [own.modes[run.mode]];
  const version = versionText(run.version, { draft: texts.workflows.draft, version: own.version });
  return (
    <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-soft">
      {/* times are not told again with every second */}
      <span role="status" className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <Badge tone={TONES[run.status]}>{texts.runs.statuses[run.status]}</Badge>
        {run.waitingFor === undefined ? null : <span>{texts.runs.waitingFor[run.waitingFor] ?? run.waitingFor}</span>}
      </span>
      <span>
        {texts.runs.started} <Ago at={run.startedAt} />
      </span>
      <span>
        {isOver(run) ? texts.runs.took : own.soFar}{' '}
        <span className="tabular-nums">
          <Took run={run} />
        </span>
      </span>
      <span>{[...mode, trigger].join(' · ')}</span>
      {startedBy ? (
        <span>
          {own.mode}: <strong className="font-medium text-ink">{whoIs(startedBy)}</strong>
        </span>
      ) : null}
      {versionParts(run.version).number === undefined ? (
        <span>{version}</span>
      ) : (
        <Link to="/workflows/$id/versions" params={{ id: run.workflow }} search={{}} className={LINK}>
          {version}
        </Link>
      )}
      {calledBy ? (
        <Link to="/runs/$id" params={{ id: calledBy.run }} search={{ step: calledBy.step }} className={LINK}>
          {own.calledBy(calledBy.run, calledBy.nodeName ?? String(calledBy.step + 1))}
        </Link>
      ) : null}
      {rerunOf === undefined ? null : <RunLink id={rerunOf}>{own.rerunOf(rerunOf)}</RunLink>}
      {errorOf === undefined ? null : <RunLink id={errorOf}>{own.errorOf(errorOf)}</RunLink>}
      {errorRun === undefined ? null : <RunLink id={errorRun}>{own.errorRun(errorRun)}</RunLink>}
      {reruns.length === 0 ? null : (
        <span className="flex flex-wrap gap-x-2">
          {own.reruns}
          {reruns.slice(0, SHOWN_RERUNS).map((id) => (
            <RunLink key={id} id={id}>
              {id}
            </RunLink>
          ))}
          {furtherReruns > 0 ? own.furtherReruns(furtherReruns) : null}
        </span>
      )}
      <Link to="/runs" search={{ workflow: run.workflow }} className={LINK}>
        {own.allOfIt}
      </Link>
    </p>
  );
}
