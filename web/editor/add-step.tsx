import { useState } from 'react';
import {
  Autocomplete,
  Collection,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  SearchField,
} from 'react-aria-components';
import { useTexts } from '../text/index.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { Catalog, NodeTypeView } from '../canvas/node-types.ts';

const ORDER = ['trigger', 'flow', 'data', 'action', 'code'];

interface AddStepProps {
  catalog: Catalog;
  isOpen: boolean;
  onClose: () => void;
  onChoose: (type: NodeTypeView) => void;
}

/** Every type of step, by group, searched by what it is called and what it does. */
export function AddStep({ catalog, isOpen, onClose, onChoose }: AddStepProps) {
  const texts = useTexts();
  const [text, setText] = useState('');
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...catalog.values()].filter(({ title, summary, type, n8n }) => {
    const words = `${title} ${type} ${summary} ${n8n.join(' ')}`.toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
  const rank = ({ title }: NodeTypeView): number => (title.toLowerCase().startsWith(wanted[0] ?? '') ? 0 : 1);
  const groups = ORDER.map((group) => ({
    group,
    types: all
      .filter((type) => type.group === group)
      .toSorted((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title)),
  })).filter(({ types }) => types.length > 0);
  return (
    <Dialog title={texts.editor.addStep} closeLabel={texts.actions.close} isOpen={isOpen} onClose={onClose}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <SearchField aria-label={texts.editor.searchSteps} autoFocus>
          <Input
            placeholder={texts.editor.searchSteps}
            className="h-9 w-full rounded-md border border-line bg-card px-3 outline-none focus:border-accent"
          />
        </SearchField>
        <ListBox
          aria-label={texts.editor.addStep}
          selectionMode="none"
          onAction={(key) => {
            const type = catalog.get(String(key));
            if (type) onChoose(type);
          }}
          className="max-h-[55vh] overflow-auto outline-none"
          renderEmptyState={() => <p className="p-3 text-sm text-soft">{texts.editor.noStep}</p>}
        >
          {groups.map(({ group, types }) => (
            <ListBoxSection key={group} id={`group:${group}`}>
              <Header className="sticky top-0 bg-card px-2 py-1 text-xs font-semibold tracking-wide text-soft uppercase">
                {texts.editor.groups[group] ?? group}
              </Header>
              <Collection items={types}>
                {(type) => (
                  <ListBoxItem
                    id={type.type}
                    textValue={type.title}
                    className="flex cursor-pointer flex-col rounded-md px-3 py-1.5 outline-none data-[focused]:bg-well data-[hovered]:bg-well"
                  >
                    <span className="text-sm font-medium">{type.title}</span>
                    <span className="truncate text-xs text-soft">{type.summary}</span>
                  </ListBoxItem>
                )}
              </Collection>
            </ListBoxSection>
          ))}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
