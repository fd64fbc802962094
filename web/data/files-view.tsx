import { useState } from 'react';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import type { ShownItem } from './items.ts';

interface FileRef {
  mimeType?: string;
  fileName?: string;
  sizeBytes?: number;
  data?: string;
}

/** What a browser draws without running anything of it. SVG is a program in disguise, and shown as text. */
const PICTURES = /^image\/(?:png|jpeg|gif|webp|bmp|avif)$/;
const TEXTS = /^(?:text\/|application\/(?:json|xml|csv|javascript)|image\/svg)/;
const MAX_TEXT = 20_000;

/** The files of items: what they are, and a look at those that can be shown safely. */
export function FilesView({ items, label }: { items: readonly ShownItem[]; label: string }) {
  const files = items.flatMap(({ binary }, index) =>
    // SAFETY: the API's items hold references to files there
    Object.entries((binary ?? {}) as Record<string, FileRef>).map(([name, file]) => ({ index, name, file })),
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
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-lg border border-line p-2 text-xs">
      <div className="flex min-w-0 items-center gap-2">
        <span className="text-soft">#{index}</span>
        <span className="font-mono font-medium">{name}</span>
        <span className="min-w-0 flex-1 truncate text-soft">
          {[file.fileName, file.mimeType, file.sizeBytes === undefined ? '' : `${file.sizeBytes} B`]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <Button look="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {texts.panel.preview}
        </Button>
      </div>
      {isOpen ? <Preview name={name} file={file} /> : null}
    </li>
  );
}

function Preview({ name, file }: { name: string; file: FileRef }) {
  const texts = useTexts();
  const { data, mimeType = '' } = file;
  if (data !== undefined && PICTURES.test(mimeType)) {
    return <img src={`data:${mimeType};base64,${data}`} alt={file.fileName ?? name} className="max-h-80 self-start" />;
  }
  if (data !== undefined && TEXTS.test(mimeType)) {
    return (
      <pre tabIndex={0} className="max-h-80 overflow-auto rounded bg-well p-2 font-mono break-all whitespace-pre-wrap">
        {textOf(data)}
      </pre>
    );
  }
  return <p className="text-soft">{texts.panel.noPreview}</p>;
}

function textOf(base64: string): string {
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes).slice(0, MAX_TEXT);
  } catch {
    return '';
  }
}
