import type { Group, Workflow } from '../../../core/graph/document.ts';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import type { Draft } from '../draft/draft.ts';
import { ColorField } from './color-field.tsx';

const NOBODY = '';

interface GroupPanelProps {
  draft: Draft;
  workflow: Workflow;
  group: Group;
  onSelect: (ids: string[]) => void;
}

/** A group: its name, its colour, and who is in it. */
export function GroupPanel({ draft: { edits }, workflow, group, onSelect }: GroupPanelProps) {
  const texts = useTexts();
  const { panel, actions } = texts;
  const members = [
    ...workflow.nodes.map((node) => ({ ...node, text: node.name })),
    ...workflow.notes.map((note) => ({ ...note, text: note.text.slice(0, 40) || panel.noteText })),
  ];
  const inside = members.filter((member) => member.group === group.id);
  return (
    <section aria-label={`${panel.group} ${group.name}`} className="flex h-full flex-col gap-4 overflow-auto p-3">
      <div className="flex items-end gap-1">
        <div className="flex-1">
          <TextField
            label={panel.groupName}
            value={group.name}
            maxLength={200}
            onChange={(name) => edits.putGroup({ ...group, name })}
          />
        </div>
        <Button look="quiet" square aria-label={actions.close} onPress={() => onSelect([])}>
          <Icon name="close" />
        </Button>
      </div>
      <TextField
        label={panel.groupDescription}
        value={group.description ?? ''}
        rows={2}
        maxLength={1_000}
        onChange={(text) => {
          const { description: _before, ...rest } = group;
          edits.putGroup(text === '' ? rest : { ...rest, description: text });
        }}
      />
      <ColorField value={group.color} onChange={(color) => edits.putGroup({ ...group, color })} />
      <Switch
        label={panel.isCollapsed}
        isSelected={group.collapsed === true}
        onChange={(collapsed) => edits.putGroup({ ...group, collapsed })}
      />
      <div className="flex flex-col gap-1">
        <h2 className="text-sm font-medium">{panel.membersOfGroup}</h2>
        <ul aria-label={panel.membersOfGroup} className="flex flex-col">
          {inside.map(({ id, text }) => (
            <li key={id} className="flex items-center gap-1">
              <button
                type="button"
                onClick={() => onSelect([id])}
                className="min-w-0 flex-1 cursor-pointer truncate rounded px-1 text-left text-sm hover:bg-well"
              >
                {text}
              </button>
              <Button look="quiet" square aria-label={panel.leaveGroup(text)} onPress={() => edits.leave([id])}>
                <Icon name="close" size={12} />
              </Button>
            </li>
          ))}
        </ul>
        <Select
          label={panel.addToGroup}
          hideLabel
          value={NOBODY}
          options={[
            { id: NOBODY, text: panel.addToGroup },
            ...members.filter((member) => member.group !== group.id).map(({ id, text }) => ({ id, text })),
          ]}
          onChange={(id) => (id === NOBODY ? undefined : edits.group([id], group))}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          onPress={() => {
            edits.ungroup(group.id);
            onSelect(inside.map(({ id }) => id));
          }}
        >
          {panel.ungroup}
        </Button>
        <Button look="danger" onPress={() => edits.remove(new Set([group.id]))}>
          <Icon name="trash" />
          {panel.removeGroup}
        </Button>
      </div>
    </section>
  );
}
