import { useState } from 'react';
import type { Item, Json, JsonObject } from '../../../core/data/item.ts';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeEditor } from '../expression/code-editor.tsx';
import { isObject } from './form/kind.ts';

interface PinEditorProps {
  items: readonly { json: JsonObject }[];
  /** What saving is called here. */
  saveLabel?: string;
  onSave: (items: Item[]) => void;
}

/** Items written by hand: a list of plain objects, as every API gives them. */
export function PinEditor({ items, saveLabel, onSave }: PinEditorProps) {
  const texts = useTexts();
  const [text, setText] = useState(() =>
    JSON.stringify(
      items.map(({ json }) => json),
      undefined,
      2,
    ),
  );
  const read = itemsIn(text);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <CodeEditor label={texts.panel.dataText} language="json" value={text} onChange={setText} />
      {read ? null : (
        <p role="status" className="text-xs text-bad">
          {texts.panel.badItems}
        </p>
      )}
      <div>
        <Button look="main" isDisabled={!read} onPress={() => read && onSave(read)}>
          {saveLabel ?? texts.panel.saveData}
        </Button>
      </div>
    </div>
  );
}

/** Items out of what somebody typed: objects, `{json}` or plain; one alone is a list of one. Undefined: it is neither. */
export function itemsIn(text: string): Item[] | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((each) => isObject(each))) return undefined;
  return list.map((each): Item => {
    const isItem = isObject(each.json) && Object.keys(each).every((key) => key === 'json' || key === 'pairedItem');
    return { json: isItem ? (each.json as JsonObject) : each };
  });
}
