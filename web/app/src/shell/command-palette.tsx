import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { useTexts, useTextsOf } from '../../../text/index.tsx';
import { useEnterTakes } from '../../../ui/use-enter-takes.ts';
import { type Entry, usePaletteEntries } from './palette-entries.ts';
import { hasWords } from './palette-found.ts';
import { paletteTexts } from './palette-texts.ts';

/** All that a search looks at. */
const wordsOf = ({ text, kind, words = '' }: Entry): string => `${text} ${kind} ${words}`;

interface PaletteProps {
  onCreate: () => void;
  onShortcuts: () => void;
  onClose: () => void;
}

export function CommandPalette(props: PaletteProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => (open ? undefined : props.onClose())}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-black/40 p-4 pt-[12vh]"
    >
      <Modal className="w-full max-w-xl rounded-xl border border-line bg-card shadow-over">
        <PaletteDialog {...props} />
      </Modal>
    </ModalOverlay>
  );
}

function PaletteDialog({ onCreate, onShortcuts, onClose }: PaletteProps) {
  const texts = useTexts();
  const router = useRouter();
  const [text, setText] = useState('');
  const own = useTextsOf(paletteTexts);
  const entries = usePaletteEntries(text, { onCreate, onShortcuts });
  const choose = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    if (typeof entry.to === 'function') entry.to();
    else router.history.push(entry.to);
  };
  const enter = useEnterTakes(
    () => entries.find((entry) => hasWords(wordsOf(entry), text))?.id,
    (key) => choose(entries.find(({ id }) => id === key)),
  );
  return (
    <Dialog aria-label={texts.palette.label} className="outline-none">
      <Autocomplete inputValue={text} onInputChange={setText} filter={hasWords}>
        <SearchField aria-label={texts.palette.label} autoFocus className="border-b border-line">
          <Input
            placeholder={texts.palette.placeholder}
            onKeyDownCapture={enter.onKeyDownCapture}
            className="w-full rounded-t-xl bg-transparent px-4 py-3 placeholder:text-soft focus-visible:-outline-offset-2"
          />
        </SearchField>
        {/* the options are never focused: the list itself must be reachable to be scrolled */}
        <div ref={enter.list} tabIndex={0} className="max-h-[50vh] overflow-auto focus-visible:-outline-offset-2">
          <ListBox
            items={entries}
            selectionMode="none"
            aria-label={texts.palette.label}
            onAction={(key) => choose(entries.find(({ id }) => id === key))}
            className="p-1.5 outline-none"
            renderEmptyState={() => <p className="p-3 text-sm text-soft">{texts.palette.none}</p>}
          >
            {(entry) => (
              <ListBoxItem
                id={entry.id}
                textValue={wordsOf(entry)}
                className="flex cursor-pointer items-center justify-between gap-4 rounded-md px-3 py-2 text-sm outline-none data-[focused]:bg-well data-[hovered]:bg-well"
              >
                <span className="truncate">{entry.text}</span>
                <span className="shrink-0 text-xs text-soft">{entry.kind}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </div>
      </Autocomplete>
      <p className="border-t border-line px-4 py-2 text-xs text-soft">{own.pasteHint}</p>
    </Dialog>
  );
}
