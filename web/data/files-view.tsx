import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useId, useState } from 'react';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ProblemBox } from '../ui/problem.tsx';
import { saveBytesAs } from '../ui/save-as.ts';
import { Loading } from '../ui/surface.tsx';
import { type FileRef, fileRefOf, kindOf, sizeText } from './file.ts';
import type { ShownItem } from './items.ts';
import { useReadFile } from './run-files.ts';

const FilePreview = lazy(() =>
  import('./file-preview.tsx').then(({ FilePreview: component }) => ({ default: component })),
);

/** The files of items: what they are, a look at those that can be shown safely, and all of them to keep. */
export function FilesView({ items, label }: { items: readonly ShownItem[]; label: string }) {
  const files = items.flatMap(({ binary }, index) =>
    Object.entries(binary ?? {}).map(([name, held]) => ({ index, name, file: fileRefOf(held) })),
  );
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {files.map(({ index, name, file }) => (
        <FileRow key={`${index} ${name}`} index={index} name={name} file={file} />
      ))}
    </ul>
  );
}

function FileRow({ index, name, file }: { index: number; name: string; file: FileRef }) {
  const texts = useTexts();
  const nameId = useId();
  const [isOpen, setOpen] = useState(false);
  const read = useReadFile(file);
  const save = useMutation({
    mutationFn: async () => saveBytesAs(file.fileName ?? name, (await read?.()) ?? new Blob()),
  });
  const kind = kindOf(file);
  const about = [file.fileName, file.mimeType, file.sizeBytes === undefined ? '' : sizeText(file.sizeBytes)];
  return (
    <li aria-labelledby={nameId} className="flex min-w-0 flex-col gap-2 rounded-lg border border-line p-2 text-xs">
      <div className="flex min-w-0 items-center gap-2">
        <span className="text-soft">#{index}</span>
        <span className="max-w-40 truncate font-mono font-medium">{name}</span>
        <span id={nameId} className="min-w-0 flex-1 truncate text-soft">
          {about.filter(Boolean).join(' · ')}
        </span>
        {kind && read ? (
          <Button look="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {texts.panel.preview}
          </Button>
        ) : null}
        {read ? (
          <Button look="quiet" isPending={save.isPending} onPress={() => save.mutate()}>
            <Icon name="download" />
            {texts.panel.download}
          </Button>
        ) : null}
      </div>
      {kind ? null : <p className="text-soft">{texts.panel.noPreview}</p>}
      {read ? null : <p className="text-soft">{texts.panel.noBytes}</p>}
      {save.error ? <ProblemBox error={save.error} onRetry={() => save.mutate()} /> : null}
      {isOpen && kind && read ? (
        <Suspense fallback={<Loading label={texts.loading} />}>
          <FilePreview file={file} name={name} kind={kind} read={read} />
        </Suspense>
      ) : null}
    </li>
  );
}
