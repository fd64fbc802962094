import { useRef, useState } from 'react';
import type { Edge, Workflow } from '../../core/graph/document.ts';
import { useTexts } from '../text/index.tsx';
import type { Facts } from '../canvas/graph.ts';
import type { Draft } from './draft/draft.ts';
import { GroupRow } from './groups/group-row.tsx';
import { rowsOf } from './outline-rows.ts';
import { OutlineStep } from './outline-step.tsx';
import { NO_LEADS, useLeads } from './use-leads.ts';

interface OutlineProps {
  draft: Draft;
  workflow: Workflow;
  facts: Facts;
  onSelect: (ids: string[]) => void;
  onInsert: (edge: Edge) => void;
}

/** The same graph as a list, for the keyboard and for screen readers: choose, connect, disconnect, remove. */
export function Outline(props: OutlineProps) {
  const { draft, workflow, facts, onSelect } = props;
  const texts = useTexts();
  const leads = useLeads(workflow);
  // rows are given the same functions always: only one that changed is drawn again
  const latest = useRef(props);
  latest.current = props;
  const [hear] = useState(() => ({
    select(id: string, isMore: boolean) {
      const { facts: now, onSelect: choose } = latest.current;
      choose(isMore ? [...toggled(now.selected, id)] : [id]);
    },
    insert: (edge: Edge) => latest.current.onInsert(edge),
  }));
  return (
    <ol aria-label={texts.editor.outline} className="flex h-full flex-col gap-2 overflow-auto p-4">
      {rowsOf(workflow).map((row) => {
        if (row.kind === 'group') {
          const { group, count } = row;
          return (
            <GroupRow
              key={group.id}
              group={group}
              count={count}
              isSelected={facts.selected.has(group.id)}
              onSelect={() => onSelect([group.id])}
              onCollapse={(collapsed) => draft.edits.putGroup({ ...group, collapsed })}
            />
          );
        }
        const { id, name, type } = row.node;
        return (
          <OutlineStep
            key={id}
            id={id}
            name={name}
            title={facts.catalog.get(type)?.title ?? type}
            fault={facts.faults.get(id)}
            mark={facts.marks.get(id)?.text}
            isChosen={facts.selected.has(id)}
            isInside={row.isInside}
            outputs={facts.outputs.get(id) ?? 1}
            leads={leads.get(id) ?? NO_LEADS}
            draft={draft}
            catalog={facts.catalog}
            {...hear}
          />
        );
      })}
    </ol>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}
