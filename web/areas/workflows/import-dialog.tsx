import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type DropItem, DropZone } from 'react-aria-components';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { type Brought, bring } from './bring.ts';
import { ImportReport } from './import-report.tsx';
import { workflowTexts } from './texts.ts';
import { type Given, givenOf } from './use-given.ts';

/** Above this a text box is slow; the file is imported all the same. */
const MAX_SHOWN = 200_000;

/**
 * Files dropped, chosen or pasted: n8n, Make, Zapier, or a curl command. Shows what became of every node.
 * @param given What was dropped or pasted outside; it is imported at once.
 */
export function ImportDialog({ given, onClose }: { given?: readonly Given[]; onClose: () => void }) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [progress, setProgress] = useState<{ done: number; all: number }>();
  const work = useMutation({
    mutationFn: (all: readonly Given[]): Promise<Brought> => {
      setProgress({ done: 0, all: all.length });
      // one text can be mended here and tried again
      const [first] = all;
      if (all.length === 1 && first) setText(first.text.length > MAX_SHOWN ? '' : first.text);
      return bring(client, all, {
        notJson: texts.importing.notJson,
        onDone: (done) => setProgress({ done, all: all.length }),
      });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['workflows'] }),
  });
  const { mutate } = work;
  useEffect(() => {
    if (given !== undefined) mutate(given);
  }, [given, mutate]);
  const take = (files: readonly File[]): void => {
    if (files.length > 0) void givenOf(files).then(mutate);
  };
  return (
    <Dialog title={texts.importing.title} closeLabel={texts.actions.close} isOpen onClose={onClose} wide>
      {work.data ? (
        <ImportReport brought={work.data} />
      ) : work.isPending && progress && progress.all > 1 ? (
        <div role="status" className="flex flex-col gap-2 text-sm">
          {own.importing(progress.done, progress.all)}
          <progress
            value={progress.done}
            max={progress.all}
            aria-hidden="true"
            className="w-full accent-(--c-accent)"
          />
        </div>
      ) : (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            mutate([{ text }]);
          }}
        >
          <p className="text-sm text-soft">{texts.importing.lead}</p>
          <DropZone
            className="flex flex-col items-center gap-2 rounded-lg border-2 border-dashed border-line p-6 text-sm text-soft data-[drop-target]:border-accent data-[drop-target]:bg-accent-soft"
            onDrop={(event) => void filesIn(event.items).then(take)}
          >
            {texts.importing.drop}
            <FileButton text={texts.importing.choose} accept="application/json,.json" onFiles={take} />
          </DropZone>
          <TextField label={texts.importing.text} value={text} onChange={setText} rows={6} isMono />
          {work.error ? <ProblemBox error={work.error} /> : null}
          <div className="flex justify-end">
            <Button look="main" type="submit" isDisabled={text.trim() === ''} isPending={work.isPending}>
              {texts.importing.submit}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** Files that were dropped, and those of dropped folders: n8n's backup is a folder of them. */
async function filesIn(items: readonly DropItem[]): Promise<File[]> {
  const files: File[] = [];
  const add = async (item: DropItem): Promise<void> => {
    if (item.kind === 'file') files.push(await item.getFile());
    if (item.kind !== 'directory') return;
    for await (const entry of item.getEntries()) {
      if (entry.kind === 'directory' || entry.name.endsWith('.json')) await add(entry);
    }
  };
  for (const item of items) await add(item);
  return files;
}
