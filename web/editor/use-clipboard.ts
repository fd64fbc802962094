import { useEffect, useRef } from 'react';
import { isAmong } from '../../core/graph/group.ts';
import type { Client } from '../../sdk/client/index.ts';
import { copyText, type Piece, pieceOf, renewed } from './clipboard.ts';
import type { Draft } from './draft/draft.ts';
import type { Catalog } from '../canvas/node-types.ts';
import { isTyping } from '../ui/letters.ts';

const PASTE_OFFSET = 60;

interface ClipboardUse {
  client: Client;
  draft: Draft;
  catalog: Catalog;
  selected: readonly string[];
  onPasted: (ids: string[], secret: Piece['secret']) => void;
}

/** Adds what the text says, chosen, with its upper left at `at`; whether it said anything. */
export async function pasteInto(
  { client, draft, catalog, onPasted }: Omit<ClipboardUse, 'selected'>,
  text: string,
  at?: readonly [number, number],
): Promise<boolean> {
  const piece = await pieceOf(text, catalog, client);
  if (!piece || piece.nodes.length + (piece.notes?.length ?? 0) === 0) return false;
  const { nodes, edges, ...more } = renewed(piece, PASTE_OFFSET, at);
  draft.edits.add(nodes, edges, more);
  onPasted(
    [...nodes, ...more.notes].map(({ id }) => id),
    piece.secret,
  );
  return true;
}

/** Copy, cut and paste of steps by the browser's own commands, so that menus and keys work alike. */
export function useClipboard(use: ClipboardUse): void {
  const latest = useRef(use);
  latest.current = use;
  useEffect(() => {
    const copy = (event: ClipboardEvent): boolean => {
      const { draft, catalog, selected } = latest.current;
      if (isTyping(event) || selected.length === 0 || getSelection()?.toString()) return false;
      const chosen = new Set(selected);
      const { nodes, notes } = draft.current();
      // what was cut is chosen still: copying it again would put nothing in its place
      if (![...nodes, ...notes].some((each) => isAmong(each, chosen))) return false;
      event.clipboardData?.setData('text/plain', copyText(draft.current(), chosen, catalog));
      event.preventDefault();
      return true;
    };
    const cut = (event: ClipboardEvent): void => {
      if (copy(event)) latest.current.draft.edits.remove(new Set(latest.current.selected));
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping(event) || text === '') return;
      void pasteInto(latest.current, text);
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
