import type { ReactFlowInstance } from '@xyflow/react';
import { useNavigate } from '@tanstack/react-router';
import { type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import { edgeKey } from '../../core/collaboration/shape.ts';
import type { Edge } from '../../core/graph/document.ts';
import { useClient } from '../session/session.tsx';
import { marksOf } from '../areas/runs/marks.ts';
import { workflowTexts } from '../areas/workflows/texts.ts';
import { useTexts, useTextsOf } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { AddStep } from './add-step.tsx';
import { entriesOf, namesOf } from './canvas-entries.ts';
import { copyText, type Piece } from './clipboard.ts';
import { dropsOn } from './drop.ts';
import { FirstStep } from './first-step.tsx';
import { Canvas } from '../canvas/canvas.tsx';
import type { CanvasNode, StepMark } from '../canvas/graph.ts';
import type { Autosave } from './draft/autosave.ts';
import type { Draft } from './draft/draft.ts';
import { useDrawn } from './draft/use-draft.ts';
import { useGroups } from './groups/use-groups.ts';
import { callerHash, innerOf } from './inner.ts';
import { tidy } from './layout/tidy.ts';
import { type Catalog, type NodeTypeView, outputsOf } from '../canvas/node-types.ts';
import { usePorts } from '../canvas/use-ports.ts';
import { Outline } from './outline.tsx';
import { type Adding, placeNote, placeStep } from './placing.ts';
import { ProblemsMenu } from './problems-menu.tsx';
import { SidePanel } from './side-panel.tsx';
import { editorTexts } from './texts.ts';
import { useCanvasMenu } from './use-canvas-menu.tsx';
import { isOff, useStepActions } from './use-step-actions.ts';
import { canInsert, useCanvasEdits } from './use-canvas-edits.ts';
import { useFaults } from './use-faults.ts';
import { pasteInto, useClipboard } from './use-clipboard.ts';
import { useLeaveWarning } from './use-leave-warning.ts';
import { focusStep, usePanelFocus } from './use-panel-focus.ts';
import { useRun } from './use-run.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { Toolbar } from './toolbar.tsx';
import { TryOut } from './try-out.tsx';

const NO_MARKS: ReadonlyMap<string, StepMark> = new Map();

interface EditorProps {
  id: string;
  draft: Draft;
  autosave: Autosave;
  catalog: Catalog;
}

/** A draft on the screen: the drawing or the outline, and beside it what is chosen. A letter typed there draws nothing here. */
export function Editor({ id, draft, autosave, catalog }: EditorProps) {
  const texts = useTexts();
  const client = useClient();
  const drawn = useDrawn(draft);
  const [selected, setSelected] = useState<readonly string[]>(stepInAddress);
  const [edge, setEdge] = useState<string>();
  const [adding, setAdding] = useState<Adding>();
  const [view, setView] = useState<'canvas' | 'outline'>('canvas');
  const [tab, setTab] = useState('parameters');
  const [isWide, setWide] = useState(false);
  /** Why nothing came of what was tried last, or what else came of it. */
  const [notice, setNotice] = useState<{ text: string; isFine?: boolean }>();
  const flow = useRef<ReactFlowInstance<CanvasNode>>(undefined);
  const ports = usePorts(client, drawn);
  const { run, data, start, follow } = useRun(id, autosave);

  const outputs = useMemo(() => outputsOf(drawn, ports, catalog), [drawn, ports, catalog]);
  const marks = useMemo(() => (run ? marksOf(run.nodes, texts) : NO_MARKS), [run, texts]);
  const faults = useFaults(drawn, ports, catalog);
  const facts = useMemo(
    () => ({ catalog, outputs, marks, faults, selected: new Set(selected) }),
    [catalog, outputs, marks, faults, selected],
  );
  const { groupChosen, ungroupChosen } = useGroups({ draft, selected, onSelect: setSelected });
  const ready = useCallback((instance: ReactFlowInstance<CanvasNode>) => {
    flow.current = instance;
  }, []);
  const panelFocus = usePanelFocus(selected);
  const edits = useCanvasEdits(draft, setAdding);
  const insert = useCallback((into: Edge) => setAdding({ edge: into }), []);
  const { mutate } = start;
  const runTo = useCallback(
    (destination: string) => {
      mutate({ destination });
      setTab('output');
    },
    [mutate],
  );
  useLeaveWarning(autosave);
  const onPasted = (ids: string[], secret: Piece['secret']): void => {
    setNotice(secret && { text: secretText(secret.isKept, secret.domain), isFine: secret.isKept });
    setSelected(ids);
  };
  const clipboard = { client, draft, catalog, selected, onPasted };
  useClipboard(clipboard);
  const acts = useStepActions({ draft, selected, onSelect: setSelected });
  const words = useTextsOf(editorTexts);
  const { secret: secretText } = useTextsOf(workflowTexts);

  const navigate = useNavigate();
  const placeOf = (at: { x: number; y: number }): [number, number] | undefined => {
    const { x, y } = flow.current?.screenToFlowPosition(at) ?? {};
    return x === undefined || y === undefined ? undefined : [Math.round(x), Math.round(y)];
  };
  const addAt = (at: { x: number; y: number }): void => {
    const place = placeOf(at);
    setAdding(place ? { at: place } : {});
  };
  const openTwice = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    if (event.target.matches('.react-flow__pane')) return addAt({ x: event.clientX, y: event.clientY });
    const step = event.target.closest('.react-flow__node-card')?.getAttribute('data-id') ?? '';
    const inner = innerOf(drawn.nodes.find((each) => each.id === step));
    if (inner !== '') void navigate({ to: '/workflows/$id', params: { id: inner }, hash: callerHash(id, step) });
    else if (step !== '') setWide(true);
  };
  const chosen = () =>
    selected.length === 1 ? draft.current().nodes.find((each) => each.id === selected[0]) : undefined;
  const addNote = (at?: [number, number]): void => setSelected([placeNote(draft, chosen(), at)]);
  const fit = (): void => void flow.current?.fitView({ padding: 0.2, maxZoom: 1, duration: 200 });
  const tidyUp = async (): Promise<void> => {
    try {
      draft.edits.move(await tidy(draft.current(), outputs));
    } catch {
      return setNotice({ text: words.notTidied });
    }
    setNotice(undefined);
    requestAnimationFrame(fit);
  };
  const selectAll = (): void => {
    const { nodes, notes } = draft.current();
    setSelected([...nodes, ...notes].map((each) => each.id));
  };

  const add = (type: NodeTypeView, where: Adding = adding ?? {}): void => {
    const added = placeStep(draft, type, where, chosen());
    setSelected([added]);
    focusStep(added);
    setTab('parameters');
    setAdding(undefined);
  };

  useShortcuts({
    undo: () => draft.undo.undo(),
    redo: () => draft.undo.redo(),
    add: () => setAdding({}),
    note: () => addNote(),
    outline: () => setView(view === 'outline' ? 'canvas' : 'outline'),
    run: () => start.isPending || mutate({}),
    tidy: () => void tidyUp(),
    selectAll,
    group: groupChosen,
    ungroup: ungroupChosen,
    fit,
    ...acts,
  });
  const { menu, onContextMenu } = useCanvasMenu({
    selected,
    onSelect: setSelected,
    entriesOf(about, at) {
      const ids = about.kind === 'chosen' ? about.ids : [];
      const { nodes, notes, groups = [] } = draft.current();
      const [only] = ids.length === 1 ? ids : [];
      const isIn = (list: readonly { id: string }[]): boolean => list.some((each) => each.id === only);
      const kind = isIn(nodes) ? 'step' : isIn(notes) ? 'note' : isIn(groups) ? 'group' : 'several';
      const hasGroup = [...nodes, ...notes].some((each) => ids.includes(each.id) && each.group !== undefined);
      // browsers may refuse the clipboard to menus, and have none without HTTPS: keys are always heard
      const copy = async (): Promise<void> =>
        navigator.clipboard.writeText(copyText(draft.current(), new Set(ids), catalog));
      const paste = async (): Promise<void> => {
        const isPasted = await pasteInto(clipboard, await navigator.clipboard.readText(), placeOf(at));
        if (!isPasted) setNotice({ text: words.nothingToPaste });
      };
      return entriesOf(
        namesOf(about, { kind, isOff: isOff(draft, ids), hasGroup: hasGroup || kind === 'group' }),
        words,
        {
          open: () => setWide(true),
          rename: acts.rename,
          write: acts.write,
          runTo: () => runTo(only ?? ''),
          duplicate: acts.duplicate,
          copy: () => void copy().catch(() => setNotice({ text: words.copyRefused })),
          paste: () => void paste().catch(() => setNotice({ text: words.pasteRefused })),
          switchOn: acts.toggle,
          switchOff: acts.toggle,
          group: groupChosen,
          ungroup: ungroupChosen,
          collapse: acts.collapse,
          expand: acts.expand,
          remove: acts.remove,
          addStep: () => addAt(at),
          addNote: () => addNote(placeOf(at)),
          selectAll,
          tidy: () => void tidyUp(),
          fit,
          ...(about.kind === 'edge' ? { disconnect: () => draft.edits.disconnect([about.key]) } : {}),
          ...(about.kind === 'edge' && canInsert(draft.current(), about.key)
            ? { insert: () => edits.insertInto(about.key) }
            : {}),
        },
      );
    },
  });
  const drops = dropsOn({
    onStep(name, at, key) {
      setNotice(undefined);
      const type = catalog.get(name);
      const isInto = key !== undefined && canInsert(draft.current(), key);
      const into = isInto ? draft.current().edges.find((each) => edgeKey(each) === key) : undefined;
      const place = placeOf(at);
      if (type) add(type, { ...(into ? { edge: into } : {}), ...(place ? { at: place } : {}), isLoose: true });
    },
    onText: (text, at) => pasteInto(clipboard, text, placeOf(at)),
    onUnread: () => setNotice({ text: words.notAWorkflow }),
  });

  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{drawn.name}</h1>
      <Toolbar
        id={id}
        draft={draft}
        autosave={autosave}
        view={view}
        run={run}
        start={start}
        onView={setView}
        onAdd={() => setAdding({})}
        onNote={() => addNote()}
        onTidy={() => void tidyUp()}
        problems={<ProblemsMenu workflow={drawn} problems={faults} onSelect={setSelected} />}
        tryOut={
          <TryOut id={id} workflow={drawn} catalog={catalog} autosave={autosave} onStart={mutate} onRun={follow} />
        }
      />
      <div className="relative flex min-h-0 flex-1 max-lg:flex-col" {...panelFocus}>
        <div data-pane className="relative min-h-0 min-w-0 flex-1 bg-ground" {...drops}>
          {notice ? (
            <p
              role="alert"
              className={`absolute inset-x-4 top-4 z-10 flex items-center justify-between gap-3 rounded-lg border border-line p-3 text-sm ${notice.isFine ? 'bg-card' : 'bg-bad-soft'}`}
            >
              {notice.text}
              <Button onPress={() => setNotice(undefined)}>{texts.actions.close}</Button>
            </p>
          ) : null}
          {drawn.nodes.length === 0 && (view === 'outline' || drawn.notes.length === 0) ? (
            <FirstStep catalog={catalog} onChoose={(type) => add(type)} onAll={() => setAdding({})} />
          ) : view === 'outline' ? (
            <Outline draft={draft} workflow={drawn} facts={facts} onSelect={setSelected} onInsert={insert} />
          ) : (
            <div className="size-full" onDoubleClick={openTwice} onContextMenu={onContextMenu}>
              <Canvas
                workflow={drawn}
                facts={facts}
                onSelect={setSelected}
                onEdge={setEdge}
                onReady={ready}
                edits={edits}
              />
            </div>
          )}
        </div>
        <SidePanel
          id={id}
          draft={draft}
          autosave={autosave}
          drawn={drawn}
          catalog={catalog}
          ports={ports}
          marks={marks}
          data={data}
          selected={selected}
          edge={edge}
          isOutline={view === 'outline'}
          isWide={isWide}
          onWide={setWide}
          tab={tab}
          onTab={setTab}
          onSelect={setSelected}
          onEdge={setEdge}
          onGroup={groupChosen}
          onToggle={acts.toggle}
          onInsert={insert}
          onRunTo={runTo}
        />
      </div>
      {menu}
      <AddStep
        catalog={catalog}
        isOpen={adding !== undefined}
        onClose={() => setAdding(undefined)}
        onChoose={(type) => add(type)}
      />
    </div>
  );
}

/** `#node=ID`: what a failed run links to. */
function stepInAddress(): readonly string[] {
  const node = new URLSearchParams(location.hash.slice(1)).get('node');
  return node === null ? [] : [node];
}
