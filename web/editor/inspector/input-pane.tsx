import type { Workflow } from '../../../core/graph/document.ts';
import { DataView } from '../../data/data-view.tsx';
import type { ShownItem } from '../../data/items.ts';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Sample } from '../expression/sample.ts';

interface InputPaneProps {
  workflow: Workflow;
  sample: Sample;
  item: number;
  onItem: (item: number) => void;
  onUse: (expression: string) => void;
}

/** What flows into a step, input by input; its fields lead into the parameters. */
export function InputPane({ workflow, sample, item, onItem, onUse }: InputPaneProps) {
  const texts = useTexts();
  const pinned = new Set(workflow.pinned.map((pin) => pin.node));
  const inputs = sample.inputs.flatMap((input, index) => (input ? [{ ...input, index }] : []));
  if (inputs.length === 0) {
    return (
      <p data-input tabIndex={-1} className="text-sm text-soft">
        {texts.editor.noData}
      </p>
    );
  }
  const count = sample.inputs[0]?.items.length ?? 0;
  return (
    <div data-input className="flex min-w-0 flex-col gap-4">
      {count > 1 ? (
        <div
          role="group"
          aria-label={texts.panel.item(item, count)}
          className="flex items-center gap-1 text-xs text-soft"
        >
          <Button
            look="quiet"
            square
            isDisabled={item === 0}
            aria-label={texts.panel.previousItem}
            onPress={() => onItem(item - 1)}
          >
            <Icon name="back" />
          </Button>
          <span role="status">{texts.panel.item(item, count)}</span>
          <Button
            look="quiet"
            square
            isDisabled={item >= count - 1}
            aria-label={texts.panel.nextItem}
            onPress={() => onItem(item + 1)}
          >
            <span aria-hidden="true">→</span>
          </Button>
        </div>
      ) : null}
      {inputs.map(({ from, output, index, items }) => {
        const source = workflow.nodes.find(({ name }) => name === from);
        return (
          <section key={`${from} ${output} ${index}`} className="flex min-w-0 flex-col gap-1">
            <p className="text-sm font-medium text-soft">
              {from}
              {source && pinned.has(source.id) ? ` · ${texts.panel.pinnedData}` : ''}
            </p>
            <DataView
              // SAFETY: items of a run or of pinned data
              items={items as unknown as ShownItem[]}
              label={`${texts.editor.input} ${from}`}
              source={index === 0 ? '$json' : `$('${from.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}').item.json`}
              onUse={onUse}
              {...(index === 0 ? { chosen: item, onChoose: onItem } : {})}
            />
          </section>
        );
      })}
    </div>
  );
}
