import { useQuery } from '@tanstack/react-query';
import { useAreaName } from '../../../text/areas.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Switch } from '../../../ui/field.tsx';
import { useSettingsTexts } from '../text/index.ts';
import { openApiQuery, scopesOf } from './openapi.ts';
import type { Value } from './schema.ts';

interface ScopesFieldProps {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  error?: string | undefined;
}

/** What may be done, area by area, or everything. Wider ones (`runs:*`) stand in a row of their own. */
export function ScopesField({ label, value, onChange, error }: ScopesFieldProps) {
  const { everything, scopeVerbs } = useSettingsTexts();
  const areaName = useAreaName();
  const { data: api } = useQuery(openApiQuery);
  const chosen = new Set((Array.isArray(value) ? value : []) as readonly string[]);
  const areas = api ? [...scopesOf(api)] : [];
  const known = new Set(areas.flatMap(([, scopes]) => scopes));
  const wider = [...chosen].filter((scope) => scope !== '*' && !known.has(scope));
  const toggle = (scope: string, isOn: boolean): void =>
    onChange(isOn ? [...chosen, scope] : [...chosen].filter((each) => each !== scope));
  const box = (scope: string, text: string) => (
    <Checkbox
      key={scope}
      label={text}
      name={scope}
      isSelected={chosen.has(scope)}
      onChange={(isOn) => toggle(scope, isOn)}
    />
  );
  return (
    <fieldset className="flex flex-col gap-2 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-medium">{label}</legend>
      {error === undefined ? null : <p className="text-xs text-bad">{error}</p>}
      <Switch label={everything} isSelected={chosen.has('*')} onChange={(isOn) => onChange(isOn ? ['*'] : [])} />
      {chosen.has('*') ? null : (
        <div
          className="grid max-h-64 grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1 overflow-auto text-sm"
          tabIndex={0}
          role="group"
          aria-label={label}
        >
          {[...areas, ...(wider.length > 0 ? [['*', wider] as const] : [])].map(([area, scopes]) => (
            <div key={area} className="contents">
              <span>{area === '*' ? area : areaName(area)}</span>
              <span className="flex flex-wrap gap-x-4">
                {scopes.map((scope) => {
                  const verb = scope.slice(scope.indexOf(':') + 1);
                  return box(scope, area === '*' ? scope : (scopeVerbs[verb] ?? verb));
                })}
              </span>
            </div>
          ))}
        </div>
      )}
    </fieldset>
  );
}
