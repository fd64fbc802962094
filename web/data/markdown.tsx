import { createElement, memo, type ReactNode } from 'react';
import { parseMarkdown, type Piece, type Tag } from '../../core/nodes/markdown/transform/to-tree.ts';

const LOOKS: Readonly<Partial<Record<Tag, string>>> = {
  h1: 'text-lg font-semibold',
  h2: 'text-base font-semibold',
  h3: 'font-semibold',
  h4: 'font-semibold',
  h5: 'font-semibold',
  h6: 'font-semibold',
  ul: 'list-disc pl-5',
  ol: 'list-decimal pl-5',
  a: 'nodrag text-accent underline break-words',
  code: 'rounded bg-well px-1 font-mono text-[0.85em] break-words',
  pre: 'overflow-auto rounded bg-well p-2 font-mono text-[0.85em]',
  blockquote: 'border-l-2 border-line pl-2 text-soft',
  hr: 'border-line',
  img: 'max-w-full rounded',
  table: 'border-collapse',
  th: 'border border-line px-1.5 py-0.5 text-left',
  td: 'border border-line px-1.5 py-0.5',
};
/** A note is no page: its headings are not those of the page it lies on. */
const SHOWN_AS: Readonly<Partial<Record<Tag, string>>> = { h1: 'p', h2: 'p', h3: 'p', h4: 'p', h5: 'p', h6: 'p' };

/** Markdown as elements, never as markup. Links open in a window of their own. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const pieces = parseMarkdown(text);
  if (!pieces) return <p className="whitespace-pre-wrap">{text}</p>;
  return <div className="flex flex-col gap-1.5 break-words">{drawn(pieces)}</div>;
});

function drawn(pieces: readonly Piece[]): ReactNode[] {
  return pieces.map((piece, key) => {
    if (typeof piece === 'string') return piece;
    const { tag, href, src, start, children } = piece;
    const className = LOOKS[tag];
    if (tag === 'img') return <img key={key} src={src} alt={children.join('')} className={className} />;
    if (tag === 'br' || tag === 'hr') return createElement(tag, { key, className });
    if (tag === 'a') {
      if (href === undefined) return <span key={key}>{drawn(children)}</span>;
      return (
        <a key={key} href={href} target="_blank" rel="noopener noreferrer" className={className}>
          {drawn(children)}
        </a>
      );
    }
    return createElement(SHOWN_AS[tag] ?? tag, { key, className, start }, ...drawn(children));
  });
}
