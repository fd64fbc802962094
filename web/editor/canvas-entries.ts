import type { MenuEntry } from '../ui/open-menu-entries.tsx';
import type { editorTexts } from './texts.ts';
import type { About } from './use-canvas-menu.tsx';

type Words = (typeof editorTexts)['en'];
type Name = Exclude<keyof Words, 'keys'>;

interface Chosen {
  /** Exactly one step, or one note, or one group; or several of anything. */
  kind: 'step' | 'note' | 'group' | 'several';
  isOff: boolean;
  hasGroup: boolean;
}

/** Names of what can be done, in the order of the menu, with the keys that do the same. */
export function namesOf(about: About, chosen: Chosen): [Name, string?][] {
  if (about.kind === 'edge') return [['insert'], ['disconnect', 'Del']];
  if (about.kind === 'place') {
    return [['addStep'], ['addNote'], ['paste', 'Ctrl V'], ['selectAll', 'Ctrl A'], ['tidy', 'T'], ['fit', '1']];
  }
  const { kind, isOff, hasGroup } = chosen;
  const first: [Name, string?][] =
    kind === 'step'
      ? [['open'], ['rename', 'F2'], ['runTo']]
      : kind === 'note'
        ? [['write', 'Enter']]
        : kind === 'group'
          ? [['rename', 'F2'], ['collapse'], ['expand']]
          : [];
  return [
    ...first,
    ['duplicate', 'Ctrl D'],
    ['copy', 'Ctrl C'],
    ...(kind === 'note' ? [] : [[isOff ? 'switchOn' : 'switchOff', 'D'] as [Name, string]]),
    ...(kind === 'group' ? [] : [['group', 'Ctrl G'] as [Name, string]]),
    ...(hasGroup ? [['ungroup', 'Ctrl Shift G'] as [Name, string]] : []),
    ['remove', 'Del'],
  ];
}

export const entriesOf = (
  names: readonly [Name, string?][],
  words: Words,
  acts: Readonly<Partial<Record<Name, () => void>>>,
): MenuEntry[] =>
  names.flatMap(([name, keys]) => {
    const onAction = acts[name];
    if (!onAction) return [];
    const isDanger = name === 'remove' || name === 'disconnect';
    return [
      {
        id: name,
        text: words[name],
        onAction,
        ...(keys === undefined ? {} : { keys: keys.replaceAll(/Ctrl|Shift|Del/g, (key) => words.keys[key] ?? key) }),
        ...(isDanger ? { isDanger } : {}),
      },
    ];
  });
