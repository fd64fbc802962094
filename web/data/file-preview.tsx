import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { parseCsv } from '../../core/tables/csv.ts';
import { useTexts } from '../text/index.tsx';
import { ProblemBox } from '../ui/problem.tsx';
import { Loading } from '../ui/surface.tsx';
import { blobType, type FileKind, type FileRef } from './file.ts';
import { Paper } from './paper.tsx';
import { PdfView } from './pdf/pdf-view.tsx';

/** More is kept, not looked at. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_TEXT = 50_000;
const MAX_ROWS = 100;
const MAX_COLUMNS = 40;

interface FilePreviewProps {
  file: FileRef;
  name: string;
  kind: FileKind;
  read: (signal?: AbortSignal) => Promise<Blob>;
}

/** One file, looked at. Its bytes are a stranger's: nothing of it runs, and nothing of it reaches out. */
export function FilePreview({ file, name, kind, read }: FilePreviewProps) {
  const texts = useTexts();
  const isTooLarge = (file.sizeBytes ?? 0) > MAX_BYTES;
  const { data, error, refetch } = useQuery({
    queryKey: ['file', file.id ?? file.data, kind],
    queryFn: async ({ signal }) => {
      const bytes = await read(signal);
      if (kind === 'pdf') return { pdf: bytes };
      if (kind === 'picture' || kind === 'drawing' || kind === 'sound' || kind === 'film') {
        return { blob: new Blob([bytes], { type: blobType(file, kind) }) };
      }
      return { text: await bytes.text() };
    },
    enabled: !isTooLarge,
    staleTime: Infinity,
    gcTime: 0,
  });
  if (isTooLarge) return <p className="text-soft">{texts.panel.tooLargeToShow}</p>;
  if (error) return <ProblemBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading label={texts.loading} />;
  const title = file.fileName ?? name;
  if (data.pdf) return <PdfView blob={data.pdf} title={title} />;
  return data.blob ? (
    <Drawn blob={data.blob} kind={kind} title={title} />
  ) : (
    <Written text={data.text ?? ''} kind={kind} title={title} />
  );
}

function Drawn({ blob, kind, title }: { blob: Blob; kind: FileKind; title: string }) {
  const texts = useTexts();
  const [url, setUrl] = useState<string>();
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  if (url === undefined) return null;
  if (isBroken) return <p className="text-soft">{texts.panel.brokenFile}</p>;
  const onError = (): void => setBroken(true);
  if (kind === 'sound') return <audio controls src={url} aria-label={title} onError={onError} />;
  if (kind === 'film') {
    return <video controls src={url} aria-label={title} onError={onError} className="max-h-80 max-w-full self-start" />;
  }
  // an image, drawings too: as one, SVG neither runs scripts nor loads anything
  return (
    <img
      src={url}
      alt={title}
      onError={onError}
      className="max-h-80 max-w-full self-start bg-[repeating-conic-gradient(#ddd_0_25%,#fff_0_50%)] bg-size-[16px_16px]"
    />
  );
}

function Written({ text, kind, title }: { text: string; kind: FileKind; title: string }) {
  const texts = useTexts();
  if (kind === 'page' || kind === 'markdown') return <Paper text={text} kind={kind} title={title} />;
  if (kind === 'table') return <Rows text={text} title={title} />;
  const shown = kind === 'json' ? indented(text) : text;
  return (
    <>
      <pre
        tabIndex={0}
        aria-label={title}
        className="max-h-80 overflow-auto rounded bg-well p-2 font-mono break-all whitespace-pre-wrap"
      >
        {shown.slice(0, MAX_TEXT)}
      </pre>
      {shown.length > MAX_TEXT ? <p className="text-soft">{texts.panel.cutOff}</p> : null}
    </>
  );
}

function Rows({ text, title }: { text: string; title: string }) {
  const texts = useTexts();
  // a line may be long: what is cut is said
  const cut = text.slice(0, 1_000_000);
  const [head = [], ...rows] = parseCsv(cut).map((row) => row.slice(0, MAX_COLUMNS));
  const cells = (row: readonly string[]): string[] => head.map((_, index) => row[index]?.slice(0, 200) ?? '');
  return (
    <>
      <div
        role="region"
        tabIndex={0}
        aria-label={title}
        className="max-h-80 overflow-auto rounded-lg border border-line"
      >
        <table className="w-full border-collapse text-left">
          <thead className="sticky top-0 bg-well">
            <tr>
              {cells(head).map((cell, index) => (
                <th key={index} scope="col" className="px-2 py-1.5 font-mono font-medium whitespace-nowrap">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MAX_ROWS).map((row, index) => (
              <tr key={index} className="border-t border-line align-top">
                {cells(row).map((cell, column) => (
                  <td key={column} className="max-w-64 truncate px-2 py-1 font-mono">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MAX_ROWS || text.length > cut.length ? <p className="text-soft">{texts.panel.cutOff}</p> : null}
    </>
  );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
