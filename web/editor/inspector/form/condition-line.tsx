import type { JsonObject } from '../../../../core/data/item.ts';
import type { FieldType } from '../../../../core/node/field.ts';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Select } from '../../../ui/select.tsx';
import { isObject, pointerTo } from './kind.ts';
import { isUnary, OPERATORS, rightTypeOf } from './operators.ts';
import { Parameter } from './parameter.tsx';

const TYPES = [...OPERATORS.keys()];
const controlOf = (type: string): FieldType =>
  type === 'number' ? 'number' : type === 'dateTime' ? 'date' : type === 'boolean' ? 'boolean' : 'string';

interface ConditionLineProps {
  line: JsonObject;
  number: number;
  at: string;
  onChange: (line: JsonObject) => void;
  onRemove: () => void;
}

/** One test: a value, how it is compared, and with what. */
export function ConditionLine({ line, number, at, onChange, onRemove }: ConditionLineProps) {
  const texts = useTexts();
  const operator: JsonObject = isObject(line.operator) ? line.operator : {};
  const type = String(operator.type ?? 'string');
  const operation = String(operator.operation ?? 'equals');
  const known = OPERATORS.get(type) ?? [];
  const compare = (nextType: string, next: string): void => {
    const rightType = rightTypeOf(nextType, next);
    onChange({
      ...line,
      operator: {
        type: nextType,
        operation: next,
        ...(isUnary(next) ? { singleValue: true } : {}),
        ...(rightType === nextType ? {} : { rightType }),
      },
    });
  };
  const side = (name: 'leftValue' | 'rightValue', label: string, control: FieldType) => (
    <Parameter
      field={{ name, label: `${label} ${number}`, type: control }}
      hideLabel
      value={line[name]}
      onChange={(next) => onChange({ ...line, [name]: next ?? '' })}
      at={pointerTo(at, name)}
    />
  );
  return (
    <div
      role="group"
      aria-label={`${texts.panel.condition} ${number}`}
      className="flex min-w-0 flex-col gap-1 rounded-lg border border-line p-2"
    >
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">{side('leftValue', texts.panel.leftValue, 'string')}</div>
        <Button
          look="quiet"
          square
          aria-label={`${texts.actions.remove} ${texts.panel.condition} ${number}`}
          onPress={onRemove}
        >
          <Icon name="close" />
        </Button>
      </div>
      <div className="flex gap-1">
        <div className="w-2/5">
          <Select
            label={`${texts.panel.type} ${number}`}
            hideLabel
            value={type}
            options={(TYPES.includes(type) ? TYPES : [type, ...TYPES]).map((id) => ({
              id,
              text: texts.panel.types[id] ?? id,
            }))}
            onChange={(next) => compare(next, OPERATORS.get(next)?.includes(operation) ? operation : 'exists')}
          />
        </div>
        <div className="min-w-0 flex-1">
          <Select
            label={`${texts.panel.comparison} ${number}`}
            hideLabel
            value={operation}
            options={(known.includes(operation) ? known : [operation, ...known]).map((id) => ({
              id,
              text: texts.panel.operators[id] ?? id,
            }))}
            onChange={(next) => compare(type, next)}
          />
        </div>
      </div>
      {isUnary(operation) ? null : side('rightValue', texts.panel.rightValue, controlOf(rightTypeOf(type, operation)))}
    </div>
  );
}
