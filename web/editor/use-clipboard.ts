import { useEffect, useRef } from 'react';
import { copyText, pieceOf, renewed } from './clipboard.ts';
import type { Draft } from './draft/draft.ts';
import type { Catalog } from '../canvas/node-types.ts';
import { isTyping } from './use-shortcuts.ts';

const PASTE_OFFSET = 60;

interface ClipboardUse {
  draft: Draft;
  catalog: Catalog;
  selected: readonly string[];
  onPasted: (ids: string[]) => void;
}

/** Copy, cut and paste of steps by the browser's own commands, so that menus and keys work alike. */
export function useClipboard(use: ClipboardUse): void {
  const latest = useRef(use);
  latest.current = use;
  useEffect(() => {
    const copy = (event: ClipboardEvent): boolean => {
      const { draft, catalog, selected } = latest.current;
      if (isTyping(event) || selected.length === 0 || getSelection()?.toString()) return false;
      event.clipboardData?.setData('text/plain', copyText(draft.current(), new Set(selected), catalog));
      event.preventDefault();
      return true;
    };
    const cut = (event: ClipboardEvent): void => {
      if (copy(event)) latest.current.draft.edits.remove(new Set(latest.current.selected));
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping(event) || text === '') return;
      const { draft, catalog, onPasted } = latest.current;
      void pieceOf(text, catalog).then((piece) => {
        if (!piece || piece.nodes.length + (piece.notes?.length ?? 0) === 0) return;
        const { nodes, edges, ...more } = renewed(piece, PASTE_OFFSET);
        draft.edits.add(nodes, edges, more);
        onPasted([...nodes, ...more.notes].map(({ id }) => id));
      });
    };
    const onCopy = (event: ClipboardEvent): void => void copy(event);
    addEventListener('copy', onCopy);
    addEventListener('cut', cut);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('copy', onCopy);
      removeEventListener('cut', cut);
      removeEventListener('paste', paste);
    };
  }, []);
}
