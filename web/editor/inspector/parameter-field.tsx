import type { Json } from '../../../core/data/item.ts';
import { Button } from '../../ui/button.tsx';
import { Switch, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { AssignmentsField } from './assignments-field.tsx';
import { JsonField } from './json-field.tsx';

export interface FieldView {
  name: string;
  label: string;
  type: string;
  default?: Json;
  options?: readonly string[];
  required?: boolean;
  description?: string;
}

const isExpression = (value: Json | undefined): value is string => typeof value === 'string' && value.startsWith('=');
/** Types whose value is a structure: these have editors of their own. */
const STRUCTURED = new Set(['json', 'collection', 'conditions', 'assignments', 'code']);

interface ParameterFieldProps {
  field: FieldView;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

/** One parameter, as its type wants; every plain one can be an expression instead. */
export function ParameterField({ field, value, onChange }: ParameterFieldProps) {
  if (STRUCTURED.has(field.type)) return <Structured field={field} value={value} onChange={onChange} />;
  const given = value ?? field.default;
  const expression = isExpression(value);
  const toggle = (
    <Button
      look="quiet"
      square
      aria-label={`fx ${field.label}`}
      aria-pressed={expression}
      onPress={() => onChange(expression ? value.slice(1) : `=${given === undefined ? '' : String(given)}`)}
      className={expression ? 'bg-accent-soft text-accent' : ''}
    >
      <span className="font-mono text-xs italic">fx</span>
    </Button>
  );
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        {expression ? (
          <TextField
            label={field.label}
            value={value.slice(1)}
            onChange={(text) => onChange(`=${text}`)}
            rows={Math.min(6, value.split('\n').length)}
            isMono
            {...(field.description === undefined ? {} : { help: field.description })}
          />
        ) : (
          <Plain field={field} value={given} onChange={onChange} />
        )}
      </div>
      <div className={field.type === 'boolean' && !expression ? '' : 'pt-6'}>{toggle}</div>
    </div>
  );
}

function Plain({ field, value, onChange }: ParameterFieldProps) {
  const help = field.description === undefined ? {} : { help: field.description };
  if (field.type === 'boolean') {
    return (
      <div className="flex h-8 items-center">
        <Switch label={field.label} isSelected={value === true} onChange={onChange} />
      </div>
    );
  }
  if (field.type === 'options' && field.options && field.options.length > 0) {
    const chosen = value === undefined ? '' : String(value);
    const known = field.options.includes(chosen) || chosen === '' ? field.options : [chosen, ...field.options];
    return (
      <Select
        label={field.label}
        value={chosen}
        options={known.map((id) => ({ id, text: id }))}
        onChange={onChange}
        {...help}
      />
    );
  }
  const isNumber = field.type === 'number';
  return (
    <TextField
      label={field.label}
      type={isNumber ? 'number' : 'text'}
      value={
        value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
      }
      onChange={(text) => onChange(text === '' ? undefined : isNumber ? Number(text) : text)}
      isRequired={field.required === true}
      {...help}
    />
  );
}

function Structured({ field, value, onChange }: ParameterFieldProps) {
  if (field.type === 'assignments') return <AssignmentsField field={field} value={value} onChange={onChange} />;
  if (field.type === 'code' || typeof value === 'string') {
    return (
      <TextField
        label={field.label}
        value={typeof value === 'string' ? value : ''}
        onChange={(text) => onChange(text === '' ? undefined : text)}
        rows={field.type === 'code' ? 14 : 5}
        isMono
        {...(field.description === undefined ? {} : { help: field.description })}
      />
    );
  }
  return <JsonField label={field.label} value={value} onChange={onChange} help={field.description} />;
}
