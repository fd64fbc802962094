import type { JsonObject } from '../../../../core/data/item.ts';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Form } from './form.tsx';
import { JsonField } from './json-field.tsx';
import { isObject, type KindProps, pointerTo } from './kind.ts';
import { Ticked } from '../../../ui/ticked.tsx';

/** An object of parts, or any JSON when nobody said of which. */
export function CollectionKind({ field, value, onChange, at }: KindProps) {
  if (!field.fields || (value !== undefined && !isObject(value))) {
    return <JsonField label={field.label} value={value} onChange={onChange} help={field.description} />;
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-medium">{field.label}</legend>
      <Form fields={field.fields} value={value ?? {}} onChange={onChange} at={at} />
    </fieldset>
  );
}

/** Objects of the same parts, one below the other: added, moved and removed by button. */
export function ListKind({ field, value, onChange, at }: KindProps) {
  const texts = useTexts();
  const { fields } = field;
  const isList = value === undefined || (Array.isArray(value) && value.every((entry) => isObject(entry)));
  if (!fields || !isList) {
    return <JsonField label={field.label} value={value} onChange={onChange} help={field.description} />;
  }
  const entries = (value ?? []) as JsonObject[];
  const moveUp = (index: number): void => {
    const [entry] = entries.slice(index, index + 1);
    if (entry) onChange(entries.toSpliced(index, 1).toSpliced(index - 1, 0, entry));
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">{field.label}</legend>
      {field.description === undefined ? null : (
        <p className="text-xs text-soft">
          <Ticked>{field.description}</Ticked>
        </p>
      )}
      {entries.map((entry, index) => (
        <div
          key={index}
          role="group"
          aria-label={`${field.label} ${index + 1}`}
          className="flex min-w-0 flex-col gap-2 rounded-lg border border-line p-2"
        >
          <div className="flex items-center gap-1">
            <span className="flex-1 text-xs text-soft">{index + 1}</span>
            <Button
              look="quiet"
              square
              isDisabled={index === 0}
              aria-label={`${texts.panel.moveUp} ${field.label} ${index + 1}`}
              onPress={() => moveUp(index)}
            >
              <span aria-hidden="true">↑</span>
            </Button>
            <Button
              look="quiet"
              square
              aria-label={`${texts.actions.remove} ${field.label} ${index + 1}`}
              onPress={() => onChange(entries.toSpliced(index, 1))}
            >
              <Icon name="close" />
            </Button>
          </div>
          <Form
            fields={fields}
            value={entry}
            onChange={(next) => onChange(entries.with(index, next))}
            at={pointerTo(at, index)}
          />
        </div>
      ))}
      <div>
        <Button onPress={() => onChange([...entries, {}])}>
          <Icon name="plus" />
          {texts.panel.addTo(field.label)}
        </Button>
      </div>
    </fieldset>
  );
}
