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
  useFilter,
} from 'react-aria-components';
import { useTexts } from '../../../text/index.tsx';
import { usePaletteEntries } from './palette-entries.ts';

interface PaletteProps {
  onCreate: () => void;
  onClose: () => void;
}

export function CommandPalette({ onCreate, onClose }: PaletteProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-black/40 p-4 pt-[12vh]"
    >
      <Modal className="w-full max-w-xl rounded-xl border border-line bg-card shadow-over">
        <PaletteDialog onCreate={onCreate} onClose={onClose} />
      </Modal>
    </ModalOverlay>
  );
}

function PaletteDialog({ onCreate, onClose }: PaletteProps) {
  const texts = useTexts();
  const router = useRouter();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const entries = usePaletteEntries(text, onCreate);
  return (
    <Dialog aria-label={texts.palette.label} className="outline-none">
      <Autocomplete inputValue={text} onInputChange={setText} filter={contains}>
        <SearchField aria-label={texts.palette.label} autoFocus className="border-b border-line">
          <Input
            placeholder={texts.palette.placeholder}
            className="w-full bg-transparent px-4 py-3 outline-none placeholder:text-soft"
          />
        </SearchField>
        <ListBox
          items={entries}
          selectionMode="none"
          aria-label={texts.palette.label}
          onAction={(key) => {
            const entry = entries.find(({ id }) => id === key);
            onClose();
            if (typeof entry?.to === 'function') entry.to();
            else if (entry) router.history.push(entry.to);
          }}
          className="max-h-80 overflow-auto p-1.5 outline-none"
          renderEmptyState={() => <p className="p-3 text-sm text-soft">{texts.palette.none}</p>}
        >
          {(entry) => (
            <ListBoxItem
              id={entry.id}
              textValue={`${entry.text} ${entry.kind} ${entry.words ?? ''}`}
              className="flex cursor-pointer items-center justify-between gap-4 rounded-md px-3 py-2 text-sm outline-none data-[focused]:bg-well data-[hovered]:bg-well"
            >
              <span className="truncate">{entry.text}</span>
              <span className="shrink-0 text-xs text-soft">{entry.kind}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
