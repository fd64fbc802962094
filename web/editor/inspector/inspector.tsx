import { useCallback, useMemo, useRef, useState } from 'react';
import { type Key, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import type { ParameterProblem } from '../../../core/node/check.ts';
import type { RunView } from '../../areas/runs/status.ts';
import type { NodeTypeView } from '../../canvas/node-types.ts';
import { RunFiles } from '../../data/run-files.ts';
import { useTexts } from '../../text/index.tsx';
import type { Draft } from '../draft/draft.ts';
import { ExpressionProvider } from '../expression/context.tsx';
import { InputPane } from './input-pane.tsx';
import { InspectorHeader } from './inspector-header.tsx';
import { OutputPane } from './output-pane.tsx';
import { Parameters } from './parameters.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSample } from './use-sample.ts';

const TAB =
  'cursor-pointer border-b-2 border-transparent px-2 py-2 text-sm text-soft outline-none data-[selected]:border-accent data-[selected]:text-accent data-[focus-visible]:outline-2';
const PANE = 'min-h-0 flex-1 overflow-auto p-3 outline-none';

export interface InspectorProps {
  id: string;
  draft: Draft;
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
  const expressions = useMemo(() => ({ preview, sample, item }), [preview, sample, item]);
  // where people were last is where what they choose in the data belongs
  const insert = useRef<(expression: string) => void>(undefined);
  const focused = useCallback((next: (expression: string) => void) => {
    insert.current = next;
  }, []);
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
    <Parameters
      draft={draft}
      node={node}
      type={type}
      credential={props.credential}
      problems={problems}
      zone={sample.zone}
      files={Object.keys(sample.inputs[0]?.items[item]?.binary ?? {})}
      onFocus={focused}
    />
  );
  const names = {
    parameters: texts.editor.parameters,
    input: texts.editor.input,
    output: texts.editor.outputTab,
    settings: texts.editor.settings,
  };
  const tabs: (keyof typeof names)[] = isWide
    ? ['parameters', 'settings']
    : ['parameters', 'input', 'output', 'settings'];
  const tabbed = (
    <Tabs
      selectedKey={tabs.includes(tab as keyof typeof names) ? tab : 'parameters'}
      onSelectionChange={(key: Key) => onTab(String(key))}
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
    >
      <TabList aria-label={node.name} className="flex gap-1 border-b border-line px-2">
        {tabs.map((each) => (
          <Tab key={each} id={each} className={TAB}>
            {names[each]}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="parameters" className={PANE}>
        {parameters}
      </TabPanel>
      {isWide ? null : (
        <TabPanel id="input" className={PANE}>
          {input}
        </TabPanel>
      )}
      {isWide ? null : (
        <TabPanel id="output" className={PANE}>
          {output}
        </TabPanel>
      )}
      <TabPanel id="settings" className={PANE}>
        <SettingsForm draft={draft} node={node} />
      </TabPanel>
    </Tabs>
  );
  return (
    <ExpressionProvider value={expressions}>
      <RunFiles value={data?.id}>
        <section aria-label={node.name} className="flex h-full min-h-0 flex-col">
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
