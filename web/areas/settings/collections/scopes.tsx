import { useAreaName } from '../../../text/areas.ts';
import { useSettingsTexts } from '../text/index.ts';

const SHOWN = 6;

/** What scopes allow, in words; each as programs write it when somebody rests on it. */
export function Scopes({ scopes }: { scopes: readonly string[] }) {
  const { everything, scopeVerbs } = useSettingsTexts();
  const areaName = useAreaName();
  const wordsOf = (scope: string): string => {
    const [area = '', verb = ''] = scope.split(':');
    const what = area === '*' ? everything : areaName(area);
    return verb === '*' || verb === '' ? what : `${what} (${scopeVerbs[verb] ?? verb})`;
  };
  const more = scopes.length - SHOWN;
  return (
    <span title={scopes.join(' ')}>
      {scopes.slice(0, SHOWN).map(wordsOf).join(', ')}
      {more > 0 ? ` +${more}` : ''}
    </span>
  );
}
