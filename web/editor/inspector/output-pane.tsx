import { lazy, Suspense, useState } from 'react';
import type { Item } from '../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { StepDetails } from '../../areas/runs/step-details.tsx';
import type { RunView } from '../../areas/runs/status.ts';
import { DataView } from '../../data/data-view.tsx';
import { itemsOf, latestOf, type ShownItem } from '../../data/items.ts';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/surface.tsx';
import type { Draft } from '../draft/draft.ts';

const PinEditor = lazy(() => import('./pin-editor.tsx').then(({ PinEditor: editor }) => ({ default: editor })));

interface OutputPaneProps {
  draft: Draft;
  workflow: Workflow;
  node: WorkflowNode;
  data: RunView | undefined;
}

/** What a step gave, or what is pinned in its place; either can be written by hand. */
export function OutputPane({ draft, workflow, node, data }: OutputPaneProps) {
  const texts = useTexts();
  const [isEditing, setEditing] = useState(false);
  const pin = workflow.pinned.find((each) => each.node === node.id);
  const step = data && latestOf(data.nodes, node.id);
  const items = pin?.items ?? (itemsOf(step) as unknown as Item[]);
  // the files of a run do not outlive it: what is pinned is the data
  const pinnable = items.map(({ json }) => ({ json }));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-1">
        {pin || items.length > 0 ? (
          <Button onPress={() => draft.edits.pin(node.id, pin ? undefined : pinnable)}>
            <Icon name="note" />
            {pin ? texts.editor.unpin : texts.editor.pin}
          </Button>
        ) : null}
        <Button look="quiet" aria-expanded={isEditing} onPress={() => setEditing(!isEditing)}>
          {texts.panel.editData}
        </Button>
      </div>
      {isEditing ? (
        <Suspense fallback={<Loading label={texts.loading} />}>
          <PinEditor
            items={pinnable}
            onSave={(next) => {
              draft.edits.pin(node.id, next);
              setEditing(false);
            }}
          />
        </Suspense>
      ) : pin ? (
        <section className="flex min-w-0 flex-col gap-1">
          <p className="text-sm font-medium text-wait">{texts.panel.pinnedData}</p>
          <DataView items={pin.items as unknown as ShownItem[]} label={texts.runs.stepOf(node.name)} />
        </section>
      ) : step ? (
        <StepDetails step={step} />
      ) : (
        <p className="text-sm text-soft">{texts.editor.noData}</p>
      )}
    </div>
  );
}
