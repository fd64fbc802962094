import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Select } from '../../../ui/select.tsx';
import { ConditionLine } from './condition-line.tsx';
import { JsonField } from './json-field.tsx';
import { isObject, type KindProps, pointerTo } from './kind.ts';
import { newId } from '../../../ui/new-id.ts';

const OPTIONS = { caseSensitive: true, typeValidation: 'strict', version: 2 };
const FIRST = { leftValue: '', rightValue: '', operator: { type: 'string', operation: 'equals' } };

/** The first generation grouped conditions by type: what cannot be drawn is edited as it is written. */
const isFilter = (value: Json | undefined): boolean =>
  value === undefined || (isObject(value) && (value.conditions === undefined || Array.isArray(value.conditions)));

/** Tests of an item, all or any of which must hold. */
export function Conditions({ field, value, onChange, at }: KindProps) {
  const texts = useTexts();
  if (!isFilter(value)) {
    return <JsonField label={field.label} value={value} onChange={onChange} help={field.description} />;
  }
  const filter: JsonObject = isObject(value) ? value : {};
  const lines = (Array.isArray(filter.conditions) ? filter.conditions : []).filter((line) => isObject(line));
  const put = (part: JsonObject): void => onChange({ options: OPTIONS, combinator: 'and', ...filter, ...part });
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">{field.label}</legend>
      {lines.length > 1 ? (
        <Select
          label={texts.panel.combine}
          value={filter.combinator === 'or' ? 'or' : 'and'}
          options={[
            { id: 'and', text: texts.panel.all },
            { id: 'or', text: texts.panel.any },
          ]}
          onChange={(combinator) => put({ combinator })}
        />
      ) : null}
      {lines.map((line, index) => (
        <ConditionLine
          key={String(line.id ?? index)}
          line={line}
          number={index + 1}
          at={pointerTo(at, `conditions.${index}`)}
          onChange={(next) => put({ conditions: lines.with(index, next) })}
          onRemove={() => put({ conditions: lines.toSpliced(index, 1) })}
        />
      ))}
      <div>
        <Button onPress={() => put({ conditions: [...lines, { id: newId(), ...FIRST }] })}>
          <Icon name="plus" />
          {texts.panel.addCondition}
        </Button>
      </div>
    </fieldset>
  );
}
