import { useCallback } from 'react';
import { isAmong } from '../../../core/graph/group.ts';
import { COLORS } from '../../canvas/palette.ts';
import { useTexts } from '../../text/index.tsx';
import type { Draft } from '../draft/draft.ts';
import { newId } from '../../ui/new-id.ts';

interface GroupsUse {
  draft: Draft;
  selected: readonly string[];
  onSelect: (ids: string[]) => void;
}

/** Puts what is chosen into a group, and takes chosen groups away. A chosen group gives what is in it to the new one. */
export function useGroups({ draft, selected, onSelect }: GroupsUse): {
  groupChosen: () => void;
  ungroupChosen: () => void;
} {
  const { newGroup } = useTexts().panel;
  const groupChosen = useCallback(() => {
    const { nodes, notes, groups = [] } = draft.current();
    const chosen = new Set(selected);
    const ids = [...nodes, ...notes].filter((each) => isAmong(each, chosen)).map(({ id }) => id);
    if (ids.length === 0) return;
    const names = new Set(groups.map(({ name }) => name));
    let number = groups.length + 1;
    while (names.has(`${newGroup} ${number}`)) number++;
    const group = { id: newId(), name: `${newGroup} ${number}`, color: groups.length % COLORS.length };
    draft.edits.group(ids, group);
    onSelect([group.id]);
  }, [draft, selected, onSelect, newGroup]);
  const ungroupChosen = useCallback(() => {
    const { nodes, notes, groups = [] } = draft.current();
    const chosen = new Set(selected);
    const own = new Set([...nodes, ...notes].filter(({ id }) => chosen.has(id)).map(({ group }) => group));
    const gone = groups.filter(({ id }) => chosen.has(id) || own.has(id));
    const ids = new Set(gone.map(({ id }) => id));
    const freed = [...nodes, ...notes].filter(({ group }) => group !== undefined && ids.has(group));
    for (const { id } of gone) draft.edits.ungroup(id);
    if (gone.length > 0) onSelect(freed.map(({ id }) => id));
  }, [draft, selected, onSelect]);
  return { groupChosen, ungroupChosen };
}
