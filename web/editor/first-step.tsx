import { NodeIcon } from '../canvas/node-icon.tsx';
import type { Catalog, NodeTypeView } from '../canvas/node-types.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

/** Types of step that start a workflow and need no account anywhere, the simplest first. */
const OFFERED = ['manual', 'webhook', 'schedule', 'form-trigger', 'chat-trigger'] as const;

interface FirstStepProps {
  catalog: Catalog;
  onChoose: (type: NodeTypeView) => void;
  onAll: () => void;
}

/** What an empty workflow shows: the usual beginnings, each a press away. */
export function FirstStep({ catalog, onChoose, onAll }: FirstStepProps) {
  const texts = useTexts();
  const offers = OFFERED.flatMap((name) => {
    const type = catalog.get(name);
    return type ? [{ type, ...texts.editor.firstSteps[name] }] : [];
  });
  return (
    <div className="flex size-full flex-col items-center overflow-auto px-6 py-[10vh] text-center">
      <h2 className="text-lg font-semibold">{texts.editor.emptyTitle}</h2>
      <p className="mt-1 max-w-lg text-sm text-soft">{texts.editor.emptyText}</p>
      <ul className="mt-6 grid w-full max-w-3xl grid-cols-[repeat(auto-fit,minmax(15rem,1fr))] gap-3">
        {offers.map(({ type, title, text }) => (
          <li key={type.type}>
            <button
              type="button"
              onClick={() => onChoose(type)}
              className="flex size-full cursor-pointer items-start gap-3 rounded-lg border border-line bg-card p-4 text-left shadow-card hover:border-accent focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent"
            >
              <NodeIcon name={type.icon} title={type.title} isTrigger />
              <span className="flex flex-col">
                <span className="text-sm font-medium">{title}</span>
                <span className="text-sm text-soft">{text}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="mt-4">
        <Button onPress={onAll}>
          <Icon name="plus" />
          {texts.editor.otherTriggers}
        </Button>
      </div>
      <p className="mt-6 text-sm text-soft">{texts.editor.emptyPaste}</p>
    </div>
  );
}
