import { memo } from 'react';
import { edgeKey } from '../../core/collaboration/shape.ts';
import { runningType } from '../../core/graph/binding.ts';
import type { Edge, Workflow } from '../../core/graph/document.ts';
import type { ParameterProblem } from '../../core/node/check.ts';
import type { RunView } from '../areas/runs/status.ts';
import type { StepMark } from '../canvas/graph.ts';
import type { Catalog, Ports } from '../canvas/node-types.ts';
import type { Autosave } from './draft/autosave.ts';
import type { Draft } from './draft/draft.ts';
import { useDraft } from './draft/use-draft.ts';
import { EdgePanel } from './edge-panel.tsx';
import { GroupPanel } from './groups/group-panel.tsx';
import { SelectionPanel } from './groups/selection-panel.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { NotePanel } from './note-panel.tsx';

const SIDE = 'w-96 shrink-0 border-l border-line bg-card max-lg:h-1/2 max-lg:w-full max-lg:border-t';
const WIDE = 'absolute inset-0 z-10 bg-card';
const NO_PROBLEMS: readonly ParameterProblem[] = [];

interface SidePanelProps {
  id: string;
  draft: Draft;
  autosave: Autosave;
  /** As it is drawn: what is around the chosen step. */
  drawn: Workflow;
  catalog: Catalog;
  ports: Ports | undefined;
  marks: ReadonlyMap<string, StepMark>;
  /** The run whose data is shown. */
  data: RunView | undefined;
  selected: readonly string[];
  /** The chosen edge, by its key; what else is chosen goes before it. */
  edge: string | undefined;
  /** The drawing, where notes are written, is not in view. */
  isOutline: boolean;
  /** Over all of the canvas, with what comes in and goes out on both sides. */
  isWide: boolean;
  onWide: (isWide: boolean) => void;
  tab: string;
  onTab: (tab: string) => void;
  onSelect: (ids: readonly string[]) => void;
  onEdge: (key: string | undefined) => void;
  onGroup: () => void;
  onToggle: () => void;
  onInsert: (edge: Edge) => void;
  onRunTo: (step: string) => void;
}

/** What is chosen, to be worked on. The one part of the editor that is drawn with every letter: people type here. */
export const SidePanel = memo(function SidePanel(props: SidePanelProps) {
  const { id, draft, drawn, catalog, ports, marks, data, edge, tab, onTab, onSelect, onEdge } = props;
  const workflow = useDraft(draft);
  const selected = present(workflow, props.selected);
  const { isWide, onWide } = props;
  const [only] = selected;
  if (selected.length > 1) {
    return (
      <div data-pane="panel" className={SIDE}>
        <SelectionPanel
          draft={draft}
          workflow={workflow}
          selected={selected}
          onGroup={props.onGroup}
          onToggle={props.onToggle}
          onSelect={onSelect}
        />
      </div>
    );
  }
  if (only === undefined) {
    const line = edge === undefined ? undefined : workflow.edges.find((each) => edgeKey(each) === edge);
    return line ? (
      <div data-pane="panel" className={SIDE}>
        <EdgePanel
          draft={draft}
          workflow={workflow}
          edge={line}
          items={marks.get(line.from.node)?.items[line.from.index]}
          onInsert={() => props.onInsert(line)}
          onSelect={onSelect}
          onClose={() => onEdge(undefined)}
        />
      </div>
    ) : null;
  }
  const group = workflow.groups?.find((each) => each.id === only);
  if (group) {
    return (
      <div data-pane="panel" className={SIDE}>
        <GroupPanel key={group.id} draft={draft} workflow={workflow} group={group} onSelect={onSelect} />
      </div>
    );
  }
  const note = workflow.notes.find((each) => each.id === only);
  if (note) {
    return (
      <div data-pane="panel" className={SIDE}>
        <NotePanel key={note.id} draft={draft} note={note} autoFocus={props.isOutline} onClose={() => onSelect([])} />
      </div>
    );
  }
  const node = workflow.nodes.find((each) => each.id === only);
  if (!node) return null;
  const port = ports?.get(node.id);
  return (
    <div
      data-pane="panel"
      className={isWide ? WIDE : SIDE}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isWide && !event.defaultPrevented) onWide(false);
      }}
    >
      <Inspector
        key={node.id}
        id={id}
        isWide={isWide}
        onWide={onWide}
        draft={draft}
        autosave={props.autosave}
        workflow={drawn}
        node={node}
        type={catalog.get(runningType(node))}
        fault={port?.fault?.message}
        credential={port?.credential}
        problems={port?.problems ?? NO_PROBLEMS}
        data={data}
        tab={tab}
        onTab={onTab}
        onRunTo={() => props.onRunTo(node.id)}
        onClose={() => onSelect([])}
      />
    </div>
  );
});

/** Who was chosen and is taken away stays chosen, should it come back; there is nothing to show of it. */
function present({ nodes, notes, groups = [] }: Workflow, chosen: readonly string[]): readonly string[] {
  if (chosen.length < 2) return chosen;
  const there = new Set([...nodes, ...notes, ...groups].map(({ id }) => id));
  return chosen.filter((id) => there.has(id));
}
