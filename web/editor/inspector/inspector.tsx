import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import type { ParameterProblem } from '../../../core/node/check.ts';
import type { RunView } from '../../areas/runs/status.ts';
import type { NodeTypeView } from '../../canvas/node-types.ts';
import { RunFiles } from '../../data/run-files.ts';
import { useTexts } from '../../text/index.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Addresses } from '../addresses.tsx';
import type { Autosave } from '../draft/autosave.ts';
import type { Draft } from '../draft/draft.ts';
import { ExpressionProvider } from '../expression/context.tsx';
import { focusInput } from '../use-panel-focus.ts';
import { InputPane } from './input-pane.tsx';
import { InspectorHeader } from './inspector-header.tsx';
import { OutputPane } from './output-pane.tsx';
import { Parameters } from './parameters.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSample } from './use-sample.ts';

const PANE = 'min-h-0 flex-1 overflow-auto p-3 outline-none';

export interface InspectorProps {
  id: string;
  draft: Draft;
  autosave: Autosave;
  workflow: Workflow;
  node: WorkflowNode;
  type: NodeTypeView | undefined;
  fault: string | undefined;
  /** Type of credential it wants. */
  credential: string | undefined;
  problems: readonly ParameterProblem[];
  /** The run whose data is shown. */
  data: RunView | undefined;
  tab: string;
  onTab: (tab: string) => void;
  isWide: boolean;
  onWide: (isWide: boolean) => void;
  onRunTo: () => void;
  onClose: () => void;
}

/** Everything about the chosen step: its parameters, how it behaves, what comes in and what goes out. */
export function Inspector(props: InspectorProps) {
  const { id, draft, workflow, node, type, problems, data, tab, onTab, isWide } = props;
  const texts = useTexts();
  const { sample, preview } = useSample(id, workflow, node, data);
  const [wanted, setItem] = useState(0);
  const item = Math.max(0, Math.min(wanted, (sample.inputs[0]?.items.length ?? 1) - 1));
  const files = useMemo(() => Object.keys(sample.inputs[0]?.items[item]?.binary ?? {}), [sample.inputs, item]);
  const expressions = useMemo(() => ({ preview, sample, item }), [preview, sample, item]);
  // where people were last is where what they choose in the data belongs
  const insert = useRef<(expression: string) => void>(undefined);
  const focused = useCallback((next: (expression: string) => void) => {
    insert.current = next;
  }, []);
  // by Tab one passes other parameters on the way, and the last one passed would be meant
  const goToInput = (event: KeyboardEvent): void => {
    // by its place on the keyboard: with Alt some layouts make another letter of it
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyI') return;
    event.preventDefault();
    if (!isWide) onTab('input');
    focusInput();
  };
  const input = (
    <InputPane
      workflow={workflow}
      sample={sample}
      item={item}
      onItem={setItem}
      onUse={(expression) => {
        insert.current?.(expression);
        if (!isWide) onTab('parameters');
      }}
    />
  );
  const output = <OutputPane draft={draft} workflow={workflow} node={node} data={data} />;
  const parameters = (
    <>
      {type?.inputs === 0 ? <Addresses id={id} node={node} autosave={props.autosave} /> : null}
      <Parameters
        draft={draft}
        node={node}
        type={type}
        credential={props.credential}
        problems={problems}
        zone={sample.zone}
        files={files}
        onFocus={focused}
      />
    </>
  );
  const names = {
    parameters: texts.editor.parameters,
    input: texts.editor.input,
    output: texts.editor.outputTab,
    settings: texts.editor.settings,
  };
  const contents = { parameters, input, output, settings: <SettingsForm draft={draft} node={node} /> };
  const tabs: readonly (keyof typeof names)[] = isWide
    ? ['parameters', 'settings']
    : ['parameters', 'input', 'output', 'settings'];
  const selected = tabs.find((each) => each === tab) ?? 'parameters';
  const tabbed = (
    <Tabs
      label={node.name}
      tabs={tabs.map((each) => ({ id: each, text: names[each] }))}
      selected={selected}
      onSelect={onTab}
    >
      {contents[selected]}
    </Tabs>
  );
  return (
    <ExpressionProvider value={expressions}>
      <RunFiles value={data?.id}>
        <section aria-label={node.name} className="flex h-full min-h-0 flex-col" onKeyDown={goToInput}>
          <InspectorHeader {...props} />
          {isWide ? (
            <div className="flex min-h-0 flex-1 divide-x divide-line max-lg:flex-col">
              <Pane title={names.input}>{input}</Pane>
              {tabbed}
              <Pane title={names.output}>{output}</Pane>
            </div>
          ) : (
            tabbed
          )}
        </section>
      </RunFiles>
    </ExpressionProvider>
  );
}

function Pane({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <h2 className="border-b border-line px-3 py-2 text-sm text-soft">{title}</h2>
      <div className={PANE}>{children}</div>
    </section>
  );
}
