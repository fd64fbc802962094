import { type Key, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { runningType } from '../../../core/graph/binding.ts';
import type { Json, JsonObject } from '../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import { DataView } from '../../data/data-view.tsx';
import { itemsOf, latestOf } from '../../data/items.ts';
import type { RunView } from '../../areas/runs/status.ts';
import { StepDetails } from '../../areas/runs/step-details.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TextField } from '../../ui/field.tsx';
import type { Draft } from '../draft/draft.ts';
import type { NodeTypeView } from '../../canvas/node-types.ts';
import { JsonField } from './json-field.tsx';
import { type FieldView, ParameterField } from './parameter-field.tsx';
import { changeAt, valueAt } from './path.ts';
import { SettingsForm } from './settings-form.tsx';

const TAB =
  'cursor-pointer border-b-2 border-transparent px-2 py-2 text-sm text-soft outline-none data-[selected]:border-accent data-[selected]:text-accent data-[focus-visible]:outline-2';

interface InspectorProps {
  draft: Draft;
  workflow: Workflow;
  node: WorkflowNode;
  type: NodeTypeView | undefined;
  fault: string | undefined;
  run: RunView | undefined;
  tab: string;
  onTab: (tab: string) => void;
  onRunTo: () => void;
  onClose: () => void;
}

/** Everything about the chosen step: its parameters, how it behaves, what came in and what went out. */
export function Inspector(props: InspectorProps) {
  const { draft, workflow, node, type, fault, run, tab, onTab, onRunTo, onClose } = props;
  const texts = useTexts();
  const { edits } = draft;
  const step = run && latestOf(run.nodes, node.id);
  const feeding = workflow.edges.filter(({ to }) => to.node === node.id);
  return (
    <section aria-label={node.name} className="flex h-full min-h-0 flex-col">
      <header className="flex flex-col gap-2 border-b border-line p-3">
        <div className="flex items-end gap-2">
          <div className="flex-1">
            <TextField
              label={texts.editor.nodeName}
              value={node.name}
              onChange={(name) => edits.setField(node.id, 'name', name)}
            />
          </div>
          <Button look="quiet" square aria-label={texts.actions.close} onPress={onClose}>
            <Icon name="close" />
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <span className="flex-1 text-xs text-soft">{type?.title ?? texts.editor.unknownType}</span>
          <Button onPress={onRunTo}>
            <Icon name="run" />
            {texts.editor.runTo}
          </Button>
          <Button
            look="quiet"
            square
            aria-label={texts.editor.removeNode}
            onPress={() => edits.remove(new Set([node.id]))}
          >
            <Icon name="trash" />
          </Button>
        </div>
        {fault === undefined ? null : (
          <p role="status" className="text-sm text-bad">
            {fault}
          </p>
        )}
      </header>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key: Key) => onTab(String(key))}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabList aria-label={node.name} className="flex gap-1 border-b border-line px-2">
          <Tab id="parameters" className={TAB}>
            {texts.editor.parameters}
          </Tab>
          <Tab id="input" className={TAB}>
            {texts.editor.input}
          </Tab>
          <Tab id="output" className={TAB}>
            {texts.editor.outputTab}
          </Tab>
          <Tab id="settings" className={TAB}>
            {texts.editor.settings}
          </Tab>
        </TabList>
        <TabPanel id="parameters" className="min-h-0 flex-1 overflow-auto p-3 outline-none">
          <Parameters draft={draft} node={node} type={type} />
        </TabPanel>
        <TabPanel id="input" className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-3 outline-none">
          {feeding.length > 0 && run ? (
            feeding.map(({ from }) => {
              const source = latestOf(run.nodes, from.node);
              const name = workflow.nodes.find(({ id }) => id === from.node)?.name ?? from.node;
              return (
                <div key={`${from.node} ${from.index}`} className="flex flex-col gap-1">
                  <h3 className="text-sm font-medium text-soft">{name}</h3>
                  <DataView items={itemsOf(source, from.index)} label={`${texts.editor.input} ${name}`} />
                </div>
              );
            })
          ) : (
            <p className="text-sm text-soft">{texts.editor.noData}</p>
          )}
        </TabPanel>
        <TabPanel id="output" className="min-h-0 flex-1 overflow-auto outline-none">
          {step ? <StepDetails step={step} /> : <p className="p-3 text-sm text-soft">{texts.editor.noData}</p>}
          <PinButton draft={draft} workflow={workflow} node={node} run={run} />
        </TabPanel>
        <TabPanel id="settings" className="min-h-0 flex-1 overflow-auto p-3 outline-none">
          <SettingsForm draft={draft} node={node} />
        </TabPanel>
      </Tabs>
    </section>
  );
}

function Parameters({ draft, node, type }: { draft: Draft; node: WorkflowNode; type: NodeTypeView | undefined }) {
  const texts = useTexts();
  const set = (path: string, value: Json | undefined): void => {
    const [name, next] = changeAt(node.parameters, path, value);
    draft.edits.setParameter(node.id, name, next);
  };
  return (
    <div className="flex flex-col gap-4">
      {runningType(node) === node.type
        ? // SAFETY: fields of the registry
          ((type?.fields ?? []) as unknown as FieldView[]).map((field) => (
            <ParameterField
              key={`${node.id} ${field.name}`}
              field={field}
              value={valueAt(node.parameters, field.name)}
              onChange={(value) => set(field.name, value)}
            />
          ))
        : null}
      <details>
        <summary className="cursor-pointer text-sm text-soft">{texts.editor.moreFields}</summary>
        <div className="pt-2">
          <JsonField
            key={node.id}
            label={texts.editor.parameters}
            rows={12}
            value={node.parameters}
            onChange={(value) => {
              if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
                draft.edits.setParameters(node.id, value as JsonObject);
              }
            }}
          />
        </div>
      </details>
    </div>
  );
}

function PinButton({
  draft,
  workflow,
  node,
  run,
}: {
  draft: Draft;
  workflow: Workflow;
  node: WorkflowNode;
  run: RunView | undefined;
}) {
  const texts = useTexts();
  const isPinned = workflow.pinned.some((pin) => pin.node === node.id);
  const items = itemsOf(run && latestOf(run.nodes, node.id)).map(({ json }) => ({ json: json as JsonObject }));
  if (!isPinned && items.length === 0) return null;
  return (
    <div className="px-4 pb-4">
      <Button onPress={() => draft.edits.pin(node.id, isPinned ? undefined : items)}>
        <Icon name="note" />
        {isPinned ? texts.editor.unpin : texts.editor.pin}
      </Button>
    </div>
  );
}
