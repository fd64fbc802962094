import type { ReactNode } from 'react';
import {
  Dialog as AriaDialog,
  Heading,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
} from 'react-aria-components';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface DialogProps {
  title: string;
  closeLabel: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}

export function Dialog({ title, closeLabel, isOpen, onClose, children, wide = false }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center overflow-auto bg-black/40 p-4 pt-[10vh]"
    >
      <Modal className={`w-full rounded-xl border border-line bg-card shadow-over ${wide ? 'max-w-3xl' : 'max-w-lg'}`}>
        <AriaDialog className="flex flex-col gap-4 p-5 outline-none">
          <header className="flex items-center justify-between gap-4">
            <Heading slot="title" className="text-lg font-semibold">
              {title}
            </Heading>
            <Button look="quiet" square aria-label={closeLabel} onPress={onClose}>
              <Icon name="close" />
            </Button>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface MenuEntry {
  id: string;
  text: string;
  isDanger?: boolean;
  onAction: () => void;
}

export function Menu({
  label,
  entries,
  trigger,
}: {
  label: string;
  entries: readonly MenuEntry[];
  trigger: ReactNode;
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="min-w-44 rounded-lg border border-line bg-card p-1 shadow-over">
        <AriaMenu aria-label={label} items={entries} className="outline-none">
          {(entry) => (
            <AriaMenuItem
              id={entry.id}
              onAction={entry.onAction}
              className={`cursor-pointer rounded px-2 py-1.5 text-sm outline-none data-[focused]:bg-well ${entry.isDanger ? 'text-bad' : ''}`}
            >
              {entry.text}
            </AriaMenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
