import { type ReactNode, useState } from 'react';
import { useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Switch, TextField } from '../../ui/field.tsx';
import { Icon, ICON_NAMES } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Select } from '../../ui/select.tsx';
import { Badge, Card, Empty, Kbd, Page } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import { Swatches } from './swatches.tsx';
import { TEXTS } from './texts.ts';

/** `/design`: every building block of the app, alive, in the theme that is chosen. */
export function DesignPage() {
  const words = useTextsOf(TEXTS);
  const [text, setText] = useState('');
  const [isOn, setOn] = useState(true);
  const [choice, setChoice] = useState<'first' | 'second'>('first');
  return (
    <Page title={words.title}>
      <p className="max-w-2xl text-sm text-soft">{words.lead}</p>
      <Part title={words.colours}>
        <Swatches />
      </Part>
      <Part title={words.buttons}>
        {(['main', 'plain', 'quiet', 'danger'] as const).map((look) => (
          <Button key={look} look={look}>
            {look}
          </Button>
        ))}
        <Button isDisabled>disabled</Button>
        <Button square aria-label={words.square}>
          <Icon name="plus" />
        </Button>
        <Menu
          label={words.menu}
          entries={[
            { id: 'one', text: 'One', onAction: () => undefined },
            { id: 'two', text: 'Two', isDanger: true, onAction: () => undefined },
          ]}
          trigger={<Button>{words.menu}</Button>}
        />
      </Part>
      <Part title={words.fields}>
        <div className="grid w-full gap-4 sm:grid-cols-2">
          <TextField label={words.text} value={text} onChange={setText} help={words.help} />
          <TextField label={words.wrong} value="1st" onChange={() => undefined} error={words.error} />
          <Select
            label={words.choice}
            value={choice}
            onChange={setChoice}
            options={[
              { id: 'first', text: '1' },
              { id: 'second', text: '2' },
            ]}
          />
          <div className="flex items-end gap-6">
            <Switch label={words.switched} isSelected={isOn} onChange={setOn} />
            <Checkbox label={words.checked} isSelected={isOn} onChange={setOn} />
          </div>
        </div>
      </Part>
      <Part title={words.states}>
        {(['good', 'bad', 'busy', 'wait', 'soft'] as const).map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Kbd>Ctrl K</Kbd>
        <div className="w-full">
          <ProblemBox error={new Error(words.error)} onRetry={() => undefined} />
        </div>
        <div className="w-full rounded-lg border border-line">
          <Empty title={words.emptyTitle} actions={<Button look="main">{words.emptyAction}</Button>}>
            {words.emptyText}
          </Empty>
        </div>
      </Part>
      <Part title={words.table}>
        <Table
          label={words.table}
          rows={['a', 'b']}
          keyOf={(row) => row}
          columns={[
            { id: 'head', title: words.text, isHead: true, cell: (row) => row },
            { id: 'state', title: words.states, cell: () => <Badge tone="good">good</Badge> },
          ]}
        />
      </Part>
      <Part title={words.icons}>
        {ICON_NAMES.map((name) => (
          <span key={name} className="flex w-24 flex-col items-center gap-1 text-xs text-soft">
            <Icon name={name} size={20} />
            {name}
          </span>
        ))}
      </Part>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </Card>
  );
}
