import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { type ReactNode, useSyncExternalStore } from 'react';
import { PRODUCTION, useEnvironment } from '../session/environment.ts';
import { useClient } from '../session/session.tsx';
import { isOver, type RunView, TONES } from '../areas/runs/status.ts';
import { useTexts } from '../text/index.tsx';
import { Said } from '../text/said/index.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { ProblemBox, useFailureText } from '../ui/problem.tsx';
import { Badge } from '../ui/surface.tsx';
import { HookLine } from './addresses.tsx';
import type { Autosave } from './draft/autosave.ts';
import type { Draft } from './draft/draft.ts';
import { useDraft } from './draft/use-draft.ts';
import { callerIn } from './inner.ts';
import type { useRun } from './use-run.ts';

interface ToolbarProps {
  id: string;
  draft: Draft;
  autosave: Autosave;
  view: 'canvas' | 'outline';
  run: RunView | undefined;
  start: ReturnType<typeof useRun>['start'];
  onView: (view: 'canvas' | 'outline') => void;
  onAdd: () => void;
  onTidy: () => void;
  onNote: () => void;
  problems: ReactNode;
  tryOut: ReactNode;
}

/** On narrow screens the icon alone, so that the bar stays one line. */
const WHERE_ROOM = 'max-2xl:sr-only';
const TIGHT = 'max-2xl:[&_button]:px-2';

export function Toolbar(props: ToolbarProps) {
  const { id, draft, autosave, view, run, onView, onAdd, onTidy, onNote, start, problems, tryOut } = props;
  const texts = useTexts();
  const caller = callerIn(useLocation({ select: ({ hash }) => hash }));
  const client = useClient();
  const queries = useQueryClient();
  const { environment } = useEnvironment();
  const publish = useMutation({
    mutationFn: async () => {
      await autosave.flush();
      return client.call('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment } });
    },
    onSuccess: () =>
      Promise.all([['workflows'], ['starts', id]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  const failure = start.error ?? publish.error;
  return (
    <header data-pane className="flex flex-col border-b border-line bg-card">
      <div className={`flex flex-wrap items-center gap-2 px-3 py-2 max-2xl:gap-1 ${TIGHT}`}>
        <Link to="/workflows" aria-label={texts.nav.workflows} className="rounded-md p-1.5 text-soft hover:bg-well">
          <Icon name="back" />
        </Link>
        {caller ? (
          <Link
            to="/workflows/$id"
            params={{ id: caller.workflow }}
            hash={`node=${encodeURIComponent(caller.step)}`}
            className="text-sm text-accent hover:underline"
          >
            {texts.panel.backToCaller}
          </Link>
        ) : null}
        <div className="max-w-96 min-w-24 flex-8 *:*:text-ellipsis">
          <WorkflowName draft={draft} />
        </div>
        <SaveNote autosave={autosave} />
        {problems}
        <div className="flex-1" />
        <Button look="quiet" square aria-label={texts.editor.undo} onPress={() => draft.undo.undo()}>
          <Icon name="undo" />
        </Button>
        <Button look="quiet" square aria-label={texts.editor.redo} onPress={() => draft.undo.redo()}>
          <Icon name="redo" />
        </Button>
        <Button look="quiet" square aria-label={texts.panel.addNote} onPress={onNote}>
          <Icon name="note" />
        </Button>
        <Button look="quiet" title={texts.editor.layout} onPress={onTidy}>
          <Icon name="layout" />
          <span className={WHERE_ROOM}>{texts.editor.layout}</span>
        </Button>
        <Button
          look="quiet"
          aria-pressed={view === 'outline'}
          title={view === 'outline' ? texts.editor.canvas : texts.editor.outline}
          onPress={() => onView(view === 'outline' ? 'canvas' : 'outline')}
        >
          <Icon name="list" />
          <span className={WHERE_ROOM}>{view === 'outline' ? texts.editor.canvas : texts.editor.outline}</span>
        </Button>
        <Button onPress={onAdd}>
          <Icon name="plus" />
          {texts.editor.addStep}
        </Button>
        {tryOut}
        <Button isPending={start.isPending} onPress={() => start.mutate({})}>
          <Icon name="run" />
          {start.isPending ? texts.editor.running : texts.editor.run}
        </Button>
        <Button look="main" isPending={publish.isPending} onPress={() => publish.mutate()}>
          {environment === PRODUCTION ? texts.editor.publish : `${texts.editor.publish} · ${environment}`}
        </Button>
      </div>
      {failure && failure.message !== 'conflict' ? (
        <div className="px-3 pb-3">
          <ProblemBox error={failure} />
        </div>
      ) : null}
      {/* there before anything is said in it: what comes together with its words is not read out everywhere */}
      <div role="status">
        {publish.data ? (
          <div className="flex flex-col gap-1 border-t border-line bg-accent-soft px-4 py-2 text-sm">
            <strong>{texts.editor.publishedAs(publish.data.version)}</strong>
            <ul>
              {publish.data.hooks.map((hook) => (
                <HookLine key={hook.method + hook.url} hook={hook} isLive />
              ))}
            </ul>
          </div>
        ) : null}
      </div>
      <div role="status">
        {run ? (
          <div className="flex items-center gap-4 border-t border-line px-4 py-1.5 text-sm">
            <Badge tone={TONES[run.status]}>{texts.runs.statuses[run.status]}</Badge>
            {isOver(run) && run.error ? (
              <span className="truncate text-bad">
                <Said text={run.error.message} isData />
              </span>
            ) : null}
            <Link to="/runs/$id" params={{ id: run.id }} className="ml-auto text-accent hover:underline">
              {texts.actions.open}
            </Link>
          </div>
        ) : null}
      </div>
    </header>
  );
}

function WorkflowName({ draft }: { draft: Draft }) {
  const { editor } = useTexts();
  const { name } = useDraft(draft);
  usePageTitle(name);
  return <TextField label={editor.name} hideLabel value={name} onChange={(next) => draft.edits.rename(next)} />;
}

function SaveNote({ autosave }: { autosave: Autosave }) {
  const texts = useTexts();
  const failureText = useFailureText();
  const state = useSyncExternalStore(autosave.subscribe, autosave.current);
  if (state.kind === 'conflict') {
    return (
      <span role="alert" className="flex flex-wrap items-center gap-2 text-sm text-bad">
        {texts.editor.conflict}
        <Button onPress={() => void autosave.keepMine()}>{texts.editor.keepMine}</Button>
        <Button onPress={() => void autosave.takeTheirs()}>{texts.editor.takeTheirs}</Button>
      </span>
    );
  }
  const { saved, unsaved, saving } = texts.editor;
  const text = { saved, unsaved, saving, failed: unsaved }[state.kind];
  return (
    <span role="status" className={`text-sm ${state.kind === 'failed' ? 'text-bad' : 'text-soft'}`}>
      {text}
      {state.kind === 'failed' ? `: ${failureText(state.error)}` : ''}
    </span>
  );
}
