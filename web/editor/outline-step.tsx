import { memo, useState } from 'react';
import { edgeKey } from '../../core/collaboration/shape.ts';
import type { Edge } from '../../core/graph/document.ts';
import type { Facts } from '../canvas/graph.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Select } from '../ui/select.tsx';
import type { Draft } from './draft/draft.ts';
import type { Lead } from './use-leads.ts';

const NOBODY = '';

interface OutlineStepProps {
  id: string;
  name: string;
  title: string;
  fault: string | undefined;
  mark: string | undefined;
  isChosen: boolean;
  /** It stands below its group. */
  isInside: boolean;
  outputs: number;
  leads: readonly Lead[];
  draft: Draft;
  catalog: Facts['catalog'];
  /** Alone, or as one more or fewer of several. */
  select: (id: string, isMore: boolean) => void;
  insert: (edge: Edge) => void;
}

/** One step. Rows out of view are in the page, for search and screen readers, and neither laid out nor painted. */
export const OutlineStep = memo(function OutlineStep(props: OutlineStepProps) {
  const { id, name, title, fault, mark, isChosen, isInside, outputs, leads, draft, catalog, select, insert } = props;
  const texts = useTexts();
  return (
    <li
      className={`flex flex-col gap-1 rounded-lg border border-line bg-card p-3 [contain-intrinsic-size:auto_92px] [content-visibility:auto] ${isInside ? 'ml-6' : ''}`}
    >
      <div className="flex flex-wrap items-center gap-2">
        <button
          type="button"
          data-step={id}
          aria-pressed={isChosen}
          // as everywhere: with Ctrl or Shift one more is chosen, or one fewer
          onKeyDown={(event) => {
            if ((event.key !== 'Enter' && event.key !== ' ') || !isMore(event)) return;
            // a button is not pressed by Ctrl+Enter in every browser
            event.preventDefault();
            select(id, true);
          }}
          onClick={(event) => select(id, isMore(event))}
          className="flex-1 cursor-pointer rounded text-left text-sm font-medium aria-pressed:text-accent"
        >
          {name}
          <span className="pl-2 font-normal text-soft">
            {title}
            {fault === undefined ? null : <span className="text-bad"> · {fault}</span>}
            {mark === undefined ? '' : ` · ${mark}`}
          </span>
        </button>
        <Button
          look="quiet"
          square
          aria-label={`${texts.editor.removeNode} ${name}`}
          onPress={() => draft.edits.remove(new Set([id]))}
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
            .filter(({ edge }) => edge.from.index === index)
            .map(({ edge, to }) => (
              <span key={edgeKey(edge)} className="flex items-center rounded bg-well pl-2 text-ink">
                {to}
                <Button
                  look="quiet"
                  square
                  aria-label={texts.panel.insertBetween(name, to)}
                  onPress={() => insert(edge)}
                >
                  <Icon name="plus" size={12} />
                </Button>
                <Button
                  look="quiet"
                  square
                  aria-label={`${texts.actions.remove}: ${name} → ${to}`}
                  onPress={() => draft.edits.disconnect([edgeKey(edge)])}
                >
                  <Icon name="close" size={12} />
                </Button>
              </span>
            ))}
          <ConnectTo
            label={`${texts.editor.connectTo} ${name} ${index + 1}`}
            from={{ node: id, port: 'main', index }}
            draft={draft}
            catalog={catalog}
          />
        </div>
      ))}
    </li>
  );
});

/** The other steps to choose from are gathered when somebody comes near: with each row they would be a million. */
function ConnectTo(props: { label: string; from: Edge['from']; draft: Draft; catalog: Facts['catalog'] }) {
  const { label, from, draft, catalog } = props;
  const texts = useTexts();
  const [isNear, setNear] = useState(false);
  const near = (): void => setNear(true);
  const others = isNear
    ? draft
        .current()
        .nodes.filter(({ id, type }) => id !== from.node && catalog.get(type)?.inputs !== 0)
        .map(({ id, name }) => ({ id, text: name }))
    : [];
  return (
    <div className="w-44" onFocusCapture={near} onPointerEnter={near}>
      <Select
        label={label}
        hideLabel
        value={NOBODY}
        options={[{ id: NOBODY, text: texts.editor.connectTo }, ...others]}
        onChange={(target) => {
          if (target === NOBODY) return;
          draft.edits.connect({ from, to: { node: target, port: 'main', index: 0 } });
        }}
      />
    </div>
  );
}

const isMore = (event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): boolean =>
  event.ctrlKey || event.metaKey || event.shiftKey;
