import type { Json, JsonObject } from '../../../../core/data/item.ts';
import type { FieldType } from '../../../../core/node/field.ts';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Select } from '../../../ui/select.tsx';
import { isObject, type KindProps, pointerTo } from './kind.ts';
import { Parameter } from './parameter.tsx';
import { newId } from '../../../ui/new-id.ts';

const TYPES = ['string', 'number', 'boolean', 'array', 'object'];
const CONTROLS: ReadonlyMap<string, FieldType> = new Map([
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['array', 'json'],
  ['object', 'json'],
]);

const linesOf = (value: Json | undefined): JsonObject[] => {
  const held = isObject(value) ? value.assignments : value;
  return Array.isArray(held) ? held.filter((line) => isObject(line)) : [];
};

/** Fields to set: each a name, a type and a value, which may be an expression. */
export function Assignments({ field, value, onChange, at }: KindProps) {
  const texts = useTexts();
  const lines = linesOf(value);
  const put = (next: JsonObject[]): void => onChange({ assignments: next });
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">{field.label}</legend>
      {lines.map((line, index) => {
        const name = String(line.name ?? '');
        const type = String(line.type ?? 'string');
        const change = (part: JsonObject): void => put(lines.with(index, { ...line, ...part }));
        return (
          <div
            key={String(line.id ?? index)}
            role="group"
            aria-label={`${field.label} ${index + 1}`}
            className="flex min-w-0 flex-col gap-1 rounded-lg border border-line p-2"
          >
            <div className="flex items-start gap-1">
              <div className="min-w-0 flex-1">
                <TextField
                  label={`${texts.editor.nodeName} ${index + 1}`}
                  hideLabel
                  placeholder={texts.editor.nodeName}
                  value={name}
                  onChange={(next) => change({ name: next })}
                  isMono
                />
              </div>
              <div className="w-28">
                <Select
                  label={`${texts.panel.type} ${index + 1}`}
                  hideLabel
                  value={type}
                  options={(TYPES.includes(type) ? TYPES : [type, ...TYPES]).map((id) => ({
                    id,
                    text: texts.panel.types[id] ?? id,
                  }))}
                  onChange={(next) => change({ type: next })}
                />
              </div>
              <Button
                look="quiet"
                square
                aria-label={`${texts.actions.remove} ${name}`}
                onPress={() => put(lines.toSpliced(index, 1))}
              >
                <Icon name="close" />
              </Button>
            </div>
            <Parameter
              field={{ name: 'value', label: `${name} =`, type: CONTROLS.get(type) ?? 'string' }}
              hideLabel
              value={line.value}
              onChange={(next) => change({ value: next ?? '' })}
              at={pointerTo(at, `assignments.${index}.value`)}
            />
          </div>
        );
      })}
      <div>
        <Button
          onPress={() => put([...lines, { id: newId(), name: `field${lines.length + 1}`, value: '', type: 'string' }])}
        >
          <Icon name="plus" />
          {texts.panel.addTo(field.label)}
        </Button>
      </div>
    </fieldset>
  );
}
