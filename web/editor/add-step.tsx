import { useMemo, useState } from 'react';
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
import { STEP_TYPE } from '../data/dragged.ts';
import { useTexts } from '../text/index.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useEnterTakes } from '../ui/use-enter-takes.ts';
import { NodeIcon } from '../canvas/node-icon.tsx';
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
  // the next search begins anew
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (wasOpen !== isOpen) {
    setWasOpen(isOpen);
    setText('');
  }
  const groups = useMemo(() => (isOpen ? groupsOf(catalog, text) : []), [isOpen, catalog, text]);
  const take = (key: string): void => {
    const type = catalog.get(key);
    if (type) onChoose(type);
  };
  const enter = useEnterTakes(() => groups[0]?.types[0]?.type, take);
  return (
    <Dialog title={texts.editor.addStep} closeLabel={texts.actions.close} isOpen={isOpen} onClose={onClose}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <SearchField aria-label={texts.editor.searchSteps} autoFocus>
          <Input
            placeholder={texts.editor.searchSteps}
            onKeyDownCapture={enter.onKeyDownCapture}
            className="h-9 w-full rounded-md border border-line bg-card px-3 focus:border-accent"
          />
        </SearchField>
        {/* the options are never focused: the list itself must be reachable to be scrolled */}
        <div
          ref={enter.list}
          tabIndex={0}
          aria-label={texts.editor.addStep}
          role="group"
          className="max-h-[55vh] overflow-auto focus-visible:-outline-offset-2"
        >
          <ListBox
            aria-label={texts.editor.addStep}
            selectionMode="none"
            onAction={(key) => take(String(key))}
            className="outline-none"
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
                      className="flex cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 outline-none data-[focused]:bg-well data-[hovered]:bg-well"
                    >
                      <span
                        draggable
                        // the list would take the press, and nothing could be dragged
                        onMouseDown={(event) => event.stopPropagation()}
                        onDragStart={({ dataTransfer }) => {
                          dataTransfer.setData(STEP_TYPE, type.type);
                          // what is dragged must stay until the drag has begun
                          setTimeout(onClose);
                        }}
                        className="flex min-w-0 flex-1 items-center gap-3"
                      >
                        <NodeIcon name={type.icon} title={type.title} isTrigger={type.group === 'trigger'} />
                        <span className="flex min-w-0 flex-col">
                          <span className="text-sm font-medium">{type.title}</span>
                          <span className="truncate text-xs text-soft">{type.summary}</span>
                        </span>
                      </span>
                    </ListBoxItem>
                  )}
                </Collection>
              </ListBoxSection>
            ))}
          </ListBox>
        </div>
      </Autocomplete>
    </Dialog>
  );
}

function groupsOf(catalog: Catalog, text: string): { group: string; types: NodeTypeView[] }[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...catalog.values()].filter((each) => {
    const { title, summary, englishTitle = '', englishSummary = '', type, n8n } = each;
    const words = `${title} ${englishTitle} ${type} ${summary} ${englishSummary} ${n8n.join(' ')}`.toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
  const rank = ({ title }: NodeTypeView): number => (title.toLowerCase().startsWith(wanted[0] ?? '') ? 0 : 1);
  return ORDER.map((group) => ({
    group,
    types: all
      .filter((type) => type.group === group)
      .toSorted((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title)),
  })).filter(({ types }) => types.length > 0);
}
