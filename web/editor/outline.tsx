import { edgeKey } from '../../core/collaboration/shape.ts';
import type { Edge, Workflow } from '../../core/graph/document.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Facts } from '../canvas/graph.ts';
import type { Draft } from './draft/draft.ts';
import { GroupRow } from './groups/group-row.tsx';
import { rowsOf } from './outline-rows.ts';

const NOBODY = '';

/** The same graph as a list, for the keyboard and for screen readers: choose, connect, disconnect, remove. */
export function Outline({
  draft,
  workflow,
  facts,
  onSelect,
  onInsert,
}: {
  draft: Draft;
  workflow: Workflow;
  facts: Facts;
  onSelect: (ids: string[]) => void;
  onInsert: (edge: Edge) => void;
}) {
  const texts = useTexts();
  const names = new Map(workflow.nodes.map(({ id, name }) => [id, name]));
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
        const { node, isInside } = row;
        const leads = workflow.edges.filter(({ from }) => from.node === node.id);
        const outputs = facts.outputs.get(node.id) ?? 1;
        return (
          <li
            key={node.id}
            className={`flex flex-col gap-1 rounded-lg border border-line bg-card p-3 ${isInside ? 'ml-6' : ''}`}
          >
            <div className="flex flex-wrap items-center gap-2">
              <button
                type="button"
                aria-pressed={facts.selected.has(node.id)}
                // as everywhere: with Ctrl or Shift one more is chosen, or one fewer
                onKeyDown={(event) => {
                  if ((event.key !== 'Enter' && event.key !== ' ') || !isMore(event)) return;
                  // a button is not pressed by Ctrl+Enter in every browser
                  event.preventDefault();
                  onSelect([...toggled(facts.selected, node.id)]);
                }}
                onClick={(event) =>
                  isMore(event) ? onSelect([...toggled(facts.selected, node.id)]) : onSelect([node.id])
                }
                className="flex-1 cursor-pointer rounded text-left text-sm font-medium aria-pressed:text-accent"
              >
                {node.name}
                <span className="pl-2 font-normal text-soft">
                  {facts.catalog.get(node.type)?.title ?? node.type}
                  {facts.faults.has(node.id) ? <span className="text-bad"> · {facts.faults.get(node.id)}</span> : null}
                  {facts.marks.get(node.id) ? ` · ${facts.marks.get(node.id)?.text}` : ''}
                </span>
              </button>
              <Button
                look="quiet"
                square
                aria-label={`${texts.editor.removeNode} ${node.name}`}
                onPress={() => draft.edits.remove(new Set([node.id]))}
              >
                <Icon name="trash" />
              </Button>
            </div>
            {Array.from({ length: outputs }, (_, index) => (
              <div key={index} className="flex flex-wrap items-center gap-2 pl-3 text-sm text-soft">
                <span>
                  {outputs > 1 ? `${texts.runs.output(index)} ` : ''}
                  {texts.editor.connectedTo}
                </span>
                {leads
                  .filter(({ from }) => from.index === index)
                  .map((edge) => (
                    <span key={edgeKey(edge)} className="flex items-center rounded bg-well pl-2 text-ink">
                      {names.get(edge.to.node)}
                      <Button
                        look="quiet"
                        square
                        aria-label={texts.panel.insertBetween(node.name, names.get(edge.to.node) ?? '')}
                        onPress={() => onInsert(edge)}
                      >
                        <Icon name="plus" size={12} />
                      </Button>
                      <Button
                        look="quiet"
                        square
                        aria-label={`${texts.actions.remove}: ${node.name} → ${names.get(edge.to.node)}`}
                        onPress={() => draft.edits.disconnect([edgeKey(edge)])}
                      >
                        <Icon name="close" size={12} />
                      </Button>
                    </span>
                  ))}
                <div className="w-44">
                  <Select
                    label={`${texts.editor.connectTo} ${node.name} ${index + 1}`}
                    hideLabel
                    value={NOBODY}
                    options={[
                      { id: NOBODY, text: texts.editor.connectTo },
                      ...workflow.nodes
                        .filter(({ id, type }) => id !== node.id && facts.catalog.get(type)?.inputs !== 0)
                        .map(({ id, name }) => ({ id, text: name })),
                    ]}
                    onChange={(target) => {
                      if (target === NOBODY) return;
                      draft.edits.connect({
                        from: { node: node.id, port: 'main', index },
                        to: { node: target, port: 'main', index: 0 },
                      });
                    }}
                  />
                </div>
              </div>
            ))}
          </li>
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

const isMore = (event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): boolean =>
  event.ctrlKey || event.metaKey || event.shiftKey;
