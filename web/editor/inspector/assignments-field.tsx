import type { Json, JsonObject } from '../../../core/data/item.ts';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { FieldView } from './parameter-field.tsx';

interface Assignment extends JsonObject {
  name: string;
  value: Json;
}

const listOf = (value: Json | undefined): Assignment[] => {
  const held = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.assignments : value;
  return Array.isArray(held) ? (held as Assignment[]) : [];
};

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Fields to set, one line each: a name and a value; a value that begins with `=` is an expression. */
export function AssignmentsField({
  field,
  value,
  onChange,
}: {
  field: FieldView;
  value: Json | undefined;
  onChange: (value: Json) => void;
}) {
  const texts = useTexts();
  const lines = listOf(value);
  const put = (next: Assignment[]): void => onChange({ assignments: next });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">{field.label}</legend>
      {lines.map((line, index) => (
        <div key={String(line.id ?? index)} className="flex items-start gap-1">
          <div className="w-2/5">
            <TextField
              label={`${texts.editor.nodeName} ${index + 1}`}
              hideLabel
              placeholder={texts.editor.nodeName}
              value={line.name}
              onChange={(name) => put(lines.with(index, { ...line, name }))}
              isMono
            />
          </div>
          <div className="flex-1">
            <TextField
              label={`${line.name} =`}
              hideLabel
              placeholder="={{ $json.field }}"
              value={textOf(line.value)}
              onChange={(text) => put(lines.with(index, { ...line, value: text, type: line.type ?? 'string' }))}
              isMono
            />
          </div>
          <Button
            look="quiet"
            square
            aria-label={`${texts.actions.remove} ${line.name}`}
            onPress={() => put(lines.toSpliced(index, 1))}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      <div>
        <Button
          onPress={() =>
            put([...lines, { id: crypto.randomUUID(), name: `field${lines.length + 1}`, value: '', type: 'string' }])
          }
        >
          <Icon name="plus" />
          {field.label}
        </Button>
      </div>
    </fieldset>
  );
}
