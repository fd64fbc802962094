import type { ReactFlowInstance } from '@xyflow/react';
import {
  type MouseEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useNavigate } from '@tanstack/react-router';
import { runningType } from '../../core/graph/binding.ts';
import { edgeKey } from '../../core/collaboration/shape.ts';
import type { Edge, Note, WorkflowNode } from '../../core/graph/document.ts';
import type { ParameterProblem } from '../../core/node/check.ts';
import { useClient } from '../session/session.tsx';
import { marksOf } from '../areas/runs/marks.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty } from '../ui/surface.tsx';
import { AddStep } from './add-step.tsx';
import { Canvas, type CanvasEdits } from '../canvas/canvas.tsx';
import type { CanvasNode, StepMark } from '../canvas/graph.ts';
import type { Autosave } from './draft/autosave.ts';
import type { Draft } from './draft/draft.ts';
import { EdgePanel } from './edge-panel.tsx';
import { GroupPanel } from './groups/group-panel.tsx';
import { SelectionPanel } from './groups/selection-panel.tsx';
import { useGroups } from './groups/use-groups.ts';
import { callerHash, innerOf } from './inner.ts';
import { Inspector } from './inspector/inspector.tsx';
import { tidy } from './layout/tidy.ts';
import { type Catalog, type NodeTypeView, outputsOf } from '../canvas/node-types.ts';
import { usePorts } from '../canvas/use-ports.ts';
import { NotePanel } from './note-panel.tsx';
import { Outline } from './outline.tsx';
import { ProblemsMenu } from './problems-menu.tsx';
import { problemsOf } from './problems-of.ts';
import { useClipboard } from './use-clipboard.ts';
import { useRun } from './use-run.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { Toolbar } from './toolbar.tsx';
import { TryOut } from './try-out.tsx';

const SIDE = 'w-96 shrink-0 border-l border-line bg-card max-lg:h-1/2 max-lg:w-full max-lg:border-t';
const STEP_RIGHT = 260;
const NOTE_BELOW = 140;
const NO_PROBLEMS: readonly ParameterProblem[] = [];
const NO_MARKS: ReadonlyMap<string, StepMark> = new Map();

/** Where the next step goes: into an edge, behind an output, or behind what is chosen. */
interface Adding {
  edge?: Edge;
  from?: Edge['from'];
  at?: [number, number];
}

interface EditorProps {
  id: string;
  draft: Draft;
  autosave: Autosave;
  catalog: Catalog;
}

export function Editor({ id, draft, autosave, catalog }: EditorProps) {
  const texts = useTexts();
  const client = useClient();
  const workflow = useSyncExternalStore(draft.subscribe, draft.current);
  const [selected, setSelected] = useState<readonly string[]>(stepInAddress);
  const [edgeId, setEdge] = useState<string>();
  const [adding, setAdding] = useState<Adding>();
  const isAdding = adding !== undefined;
  const [view, setView] = useState<'canvas' | 'outline'>('canvas');
  const [tab, setTab] = useState('parameters');
  const flow = useRef<ReactFlowInstance<CanvasNode>>(undefined);
  const ports = usePorts(client, workflow);
  // a letter in a form is shown at once, the drawing and the data around it when there is time
  const drawn = useDeferredValue(workflow);
  const { run, data, start, follow } = useRun(id, autosave);
  const [isWide, setWide] = useState(false);

  const outputs = useMemo(() => outputsOf(drawn, ports, catalog), [drawn, ports, catalog]);
  const marks = useMemo(() => (run ? marksOf(run.nodes, texts) : NO_MARKS), [run, texts]);
  const faults = useMemo(() => problemsOf(drawn, ports), [drawn, ports]);
  const facts = useMemo(
    () => ({ catalog, outputs, marks, faults, selected: new Set(selected) }),
    [catalog, outputs, marks, faults, selected],
  );
  const note = selected.length === 1 ? workflow.notes.find((each) => each.id === selected[0]) : undefined;
  const node = selected.length === 1 ? workflow.nodes.find((each) => each.id === selected[0]) : undefined;

  const line =
    edgeId === undefined || selected.length > 0 ? undefined : workflow.edges.find((each) => edgeKey(each) === edgeId);
  const group = selected.length === 1 ? workflow.groups?.find((each) => each.id === selected[0]) : undefined;
  const { groupChosen, ungroupChosen } = useGroups({ draft, selected, onSelect: setSelected });

  const ready = useCallback((instance: ReactFlowInstance<CanvasNode>) => {
    flow.current = instance;
  }, []);
  const edits = useMemo<CanvasEdits>(
    () => ({
      connect: (from, to) => draft.edits.connect({ from, to }),
      disconnect: (keys) => draft.edits.disconnect(keys),
      remove: (ids) => draft.edits.remove(new Set(ids)),
      move: (positions) => draft.edits.move(positions),
      collapse: (id_, isCollapsed) => {
        const found = draft.current().groups?.find((each) => each.id === id_);
        if (found) draft.edits.putGroup({ ...found, collapsed: isCollapsed });
      },
      insertInto: (key) => {
        const edge = draft.current().edges.find((each) => edgeKey(each) === key);
        if (edge) setAdding({ edge });
      },
      connectNew: (from, at) => setAdding({ from, at }),
    }),
    [draft],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (autosave.current().kind !== 'saved') event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [autosave]);
  useShortcuts({
    undo: () => draft.undo.undo(),
    redo: () => draft.undo.redo(),
    add: () => setAdding({}),
    selectAll: () => setSelected(workflow.nodes.map((each) => each.id)),
    group: groupChosen,
    ungroup: ungroupChosen,
  });
  useClipboard({ draft, catalog, selected, onPasted: setSelected });

  const navigate = useNavigate();
  const openInner = (event: MouseEvent): void => {
    const card = event.target instanceof Element ? event.target.closest('.react-flow__node') : null;
    const step = card?.getAttribute('data-id') ?? '';
    const inner = innerOf(workflow.nodes.find((each) => each.id === step));
    if (inner === '') return;
    void navigate({ to: '/workflows/$id', params: { id: inner }, hash: callerHash(id, step) });
  };
  const add = (type: NodeTypeView): void => {
    const { edge: into, from, at } = adding ?? {};
    const wanted = into?.from.node ?? from?.node;
    const after = workflow.nodes.find(({ id: each }) => each === wanted) ?? node ?? workflow.nodes.at(-1);
    const added: WorkflowNode = {
      id: crypto.randomUUID(),
      name: type.title,
      type: type.type,
      version: type.version,
      parameters: {},
      position: at ?? (after ? [after.position[0] + STEP_RIGHT, after.position[1]] : [0, 0]),
    };
    while (workflow.nodes.some(({ position: [x, y] }) => x === added.position[0] && y === added.position[1])) {
      added.position[1] += 80;
    }
    const isLinked = after !== undefined && type.inputs !== 0;
    const edge = {
      from: from ?? { node: after?.id ?? '', port: 'main', index: 0 },
      to: { node: added.id, port: 'main', index: 0 },
    };
    if (into && type.inputs !== 0 && type.outputs > 0) draft.edits.insert(added, into);
    else draft.edits.add([added], isLinked ? [edge] : []);
    setSelected([added.id]);
    setTab('parameters');
    setAdding(undefined);
  };
  const tidyUp = async (): Promise<void> => {
    draft.edits.move(await tidy(workflow, outputs));
    requestAnimationFrame(() => void flow.current?.fitView({ padding: 0.2, maxZoom: 1, duration: 200 }));
  };

  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{workflow.name}</h1>
      <Toolbar
        id={id}
        draft={draft}
        autosave={autosave}
        name={workflow.name}
        view={view}
        run={run}
        start={start}
        onView={setView}
        onAdd={() => setAdding({})}
        onNote={() => {
          const after = node ?? workflow.nodes.at(-1);
          const [x, y] = after?.position ?? [0, 0];
          const added: Note = {
            id: crypto.randomUUID(),
            text: '',
            position: [x, y + NOTE_BELOW],
            width: 240,
            height: 160,
          };
          draft.edits.putNote(added);
          setSelected([added.id]);
        }}
        onTidy={() => void tidyUp()}
        problems={<ProblemsMenu workflow={drawn} problems={faults} onSelect={setSelected} />}
        tryOut={
          <TryOut
            id={id}
            workflow={workflow}
            catalog={catalog}
            autosave={autosave}
            onStart={(how) => start.mutate(how)}
            onRun={follow}
          />
        }
      />
      <div className="relative flex min-h-0 flex-1 max-lg:flex-col">
        <div className="relative min-h-0 min-w-0 flex-1 bg-ground">
          {workflow.nodes.length === 0 ? (
            <Empty
              title={texts.editor.emptyTitle}
              actions={
                <Button look="main" onPress={() => setAdding({})}>
                  <Icon name="plus" />
                  {texts.editor.addStep}
                </Button>
              }
            >
              {texts.editor.emptyText}
            </Empty>
          ) : view === 'outline' ? (
            <Outline
              draft={draft}
              workflow={drawn}
              facts={facts}
              onSelect={(ids) => setSelected(ids)}
              onInsert={(edge) => setAdding({ edge })}
            />
          ) : (
            <div className="size-full" onDoubleClick={openInner}>
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
        {line ? (
          <div className={SIDE}>
            <EdgePanel
              draft={draft}
              workflow={workflow}
              edge={line}
              items={marks.get(line.from.node)?.items[line.from.index]}
              onInsert={() => setAdding({ edge: line })}
              onSelect={setSelected}
              onClose={() => setEdge(undefined)}
            />
          </div>
        ) : null}
        {group ? (
          <div className={SIDE}>
            <GroupPanel key={group.id} draft={draft} workflow={workflow} group={group} onSelect={setSelected} />
          </div>
        ) : null}
        {selected.length > 1 ? (
          <div className={SIDE}>
            <SelectionPanel
              draft={draft}
              workflow={workflow}
              selected={selected}
              onGroup={groupChosen}
              onSelect={setSelected}
            />
          </div>
        ) : null}
        {note ? (
          <div className={SIDE}>
            <NotePanel key={note.id} draft={draft} note={note} onClose={() => setSelected([])} />
          </div>
        ) : null}
        {node ? (
          <div className={isWide ? 'absolute inset-0 z-10 bg-card' : SIDE}>
            <Inspector
              key={node.id}
              id={id}
              isWide={isWide}
              onWide={setWide}
              draft={draft}
              workflow={drawn}
              node={node}
              type={catalog.get(runningType(node))}
              fault={ports?.get(node.id)?.fault?.message}
              credential={ports?.get(node.id)?.credential}
              problems={ports?.get(node.id)?.problems ?? NO_PROBLEMS}
              data={data}
              tab={tab}
              onTab={setTab}
              onRunTo={() => {
                start.mutate({ destination: node.id });
                setTab('output');
              }}
              onClose={() => setSelected([])}
            />
          </div>
        ) : null}
      </div>
      <AddStep catalog={catalog} isOpen={isAdding} onClose={() => setAdding(undefined)} onChoose={add} />
    </div>
  );
}

/** `#node=ID`: what a failed run links to. */
function stepInAddress(): readonly string[] {
  const node = new URLSearchParams(location.hash.slice(1)).get('node');
  return node === null ? [] : [node];
}
