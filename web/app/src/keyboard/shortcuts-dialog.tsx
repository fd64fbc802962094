import { useState } from 'react';
import { useTexts, useTextsOf } from '../../../text/index.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Switch } from '../../../ui/field.tsx';
import { hasLetters, setLetters } from '../../../ui/letters.ts';
import { Kbd } from '../../../ui/surface.tsx';
import { keyboardTexts } from './texts.ts';

/** Every shortcut there is, and the switch of those that are one letter. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { actions } = useTexts();
  const words = useTextsOf(keyboardTexts);
  const [isOn, setOn] = useState(hasLetters);
  return (
    <Dialog title={words.title} closeLabel={actions.close} isOpen onClose={onClose} wide>
      <div className="columns-2 gap-8 max-md:columns-1">
        {words.groups.map(({ name, shortcuts }) => (
          <section key={name} aria-label={name} className="mb-4 break-inside-avoid">
            <h3 className="pb-1 text-sm font-semibold">{name}</h3>
            <dl className="flex flex-col text-sm">
              {shortcuts.map(([keys, does]) => (
                <div key={keys} className="flex items-baseline gap-3 border-t border-line py-1">
                  <dt className="w-28 shrink-0">
                    <Kbd>{keys}</Kbd>
                  </dt>
                  <dd className="text-soft">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="flex flex-col gap-1 border-t border-line pt-3">
        <Switch
          label={words.letters}
          isSelected={isOn}
          onChange={(next) => {
            setLetters(next);
            setOn(next);
          }}
        />
        <p className="text-xs text-soft">{words.lettersHelp}</p>
      </div>
    </Dialog>
  );
}
