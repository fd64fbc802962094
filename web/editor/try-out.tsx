import { lazy, Suspense, useState } from 'react';
import type { Workflow } from '../../core/graph/document.ts';
import { runningType } from '../../core/graph/binding.ts';
import type { Catalog } from '../canvas/node-types.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Loading } from '../ui/surface.tsx';
import type { Autosave } from './draft/autosave.ts';
import { Listen } from './listen.tsx';
import type { StartOfDraft } from './use-run.ts';

const PinEditor = lazy(() =>
  import('./inspector/pin-editor.tsx').then(({ PinEditor: editor }) => ({ default: editor })),
);
const FIRST = [{ json: { body: {}, headers: {}, query: {} } }];

interface TryOutProps {
  id: string;
  workflow: Workflow;
  catalog: Catalog;
  autosave: Autosave;
  onStart: (start: StartOfDraft) => void;
  onRun: (run: string) => void;
}

/** Ways to try a draft other than with nothing: with data written by hand, or with the next call of its webhook. */
export function TryOut({ id, workflow, catalog, autosave, onStart, onRun }: TryOutProps) {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const triggers = workflow.nodes.filter((node) => node.disabled !== true && catalog.get(runningType(node))?.trigger);
  const first = triggers[0];
  const hasHook = triggers.some((node) => catalog.get(runningType(node))?.trigger === 'webhook');
  const pinned = workflow.pinned.find(({ node }) => node === first?.id)?.items;
  return (
    <>
      {first ? <Button onPress={() => setOpen(true)}>{texts.panel.testPayload}</Button> : null}
      {hasHook ? <Listen id={id} autosave={autosave} onRun={onRun} /> : null}
      <Dialog
        title={texts.panel.testPayload}
        closeLabel={texts.actions.close}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <p className="text-sm text-soft">{texts.panel.testPayloadLead}</p>
        <Suspense fallback={<Loading label={texts.loading} />}>
          <PinEditor
            items={pinned ?? FIRST}
            saveLabel={texts.editor.run}
            onSave={(items) => {
              setOpen(false);
              onStart({ input: items });
            }}
          />
        </Suspense>
      </Dialog>
    </>
  );
}
