import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../text/index.tsx';
import { ProblemBox } from '../ui/problem.tsx';
import { Loading } from '../ui/surface.tsx';

interface PaperProps {
  text: string;
  kind: 'page' | 'markdown';
  title: string;
}

/**
 * A stranger's page or Markdown, drawn. The frame is a document of its own (`workers/pages/paper.ts`) with another origin and
 * a policy that allows styles and nothing else; in it the page stands in a second frame that may not even have scripts.
 */
export function Paper({ text, kind, title }: PaperProps) {
  const texts = useTexts();
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const { data: page, error } = useQuery({
    queryKey: ['paper', kind, text],
    queryFn: () => (kind === 'page' ? text : drawn(text)),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    // its origin is nobody's, so none can be named; only this frame hears it
    if (isReady && page !== undefined) frame.current?.contentWindow?.postMessage({ page, title }, '*');
  }, [isReady, page, title]);
  if (error) return <ProblemBox error={error} />;
  return (
    <>
      {page === undefined ? <Loading label={texts.loading} /> : null}
      <iframe
        ref={frame}
        title={title}
        src="/paper"
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        onLoad={() => setReady(true)}
        className="h-80 w-full resize-y rounded-lg border border-line bg-white"
      />
    </>
  );
}

const STYLE =
  '<!doctype html><meta charset="utf-8"><style>body{font:14px/1.5 system-ui,sans-serif;margin:1rem;color:#1b1b1f}' +
  'pre,code{background:#f2f2f5;border-radius:4px;padding:.1em .3em}pre{padding:.6em;overflow:auto}' +
  'table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .6em}img{max-width:100%}</style>';

/** As the Markdown node writes it. */
async function drawn(text: string): Promise<string> {
  const { toHtml } = await import('../../core/nodes/markdown/transform/to-html.ts');
  return STYLE + toHtml(text, { tables: true, strikethrough: true, tasklists: true, simplifiedAutoLink: true });
}
