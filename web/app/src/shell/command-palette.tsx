import { useQuery } from '@tanstack/react-query';
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
import { SECTIONS } from '../../../areas/settings/sections.ts';
import { useSettingsTexts } from '../../../areas/settings/text/index.ts';
import { workflowsQuery } from '../../../areas/workflows/queries.ts';
import { useTexts } from '../../../text/index.tsx';
import { useClient } from '../../../session/session.tsx';

interface Entry {
  id: string;
  text: string;
  kind: string;
  /** An address, or something to do. */
  to: string | (() => void);
}

interface PaletteProps {
  onCreate: () => void;
  onClose: () => void;
}

/** Everything reachable by typing: pages, actions, workflows. */
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
  const settings = useSettingsTexts();
  const client = useClient();
  const router = useRouter();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const { data } = useQuery(workflowsQuery(client));
  const entries: Entry[] = [
    { id: 'workflows', text: texts.nav.workflows, kind: '', to: '/workflows' },
    { id: 'runs', text: texts.nav.runs, kind: '', to: '/runs' },
    { id: 'settings', text: texts.nav.settings, kind: '', to: '/settings' },
    { id: 'developers', text: texts.nav.developers, kind: '', to: '/developers' },
    { id: 'notices', text: texts.nav.notices, kind: '', to: '/notices' },
    { id: 'account', text: texts.nav.account, kind: '', to: '/account' },
    { id: 'organization', text: texts.nav.newOrganization, kind: '', to: '/organizations/new' },
    { id: 'design', text: texts.nav.design, kind: '', to: '/design' },
    ...SECTIONS.map(({ id }) => ({
      id: `settings-${id}`,
      text: settings.pages[id] ?? id,
      kind: texts.nav.settings,
      to: `/settings/${id}`,
    })),
    { id: 'new', text: texts.workflows.create, kind: '', to: onCreate },
    { id: 'import', text: texts.palette.importWorkflow, kind: '', to: '/workflows?import=1' },
    ...(data?.workflows ?? []).map(({ id, name }) => ({
      id,
      text: name,
      kind: texts.runs.workflow,
      to: `/workflows/${id}`,
    })),
  ];
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
              textValue={entry.text}
              className="flex cursor-pointer items-center justify-between gap-4 rounded-md px-3 py-2 text-sm outline-none data-[focused]:bg-well data-[hovered]:bg-well"
            >
              <span className="truncate">{entry.text}</span>
              <span className="text-xs text-soft">{entry.kind}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
