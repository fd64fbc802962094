import { type ReactNode, useState } from 'react';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Switch, TextField } from '../../ui/field.tsx';
import { Icon, ICON_NAMES } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Select } from '../../ui/select.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Ago } from '../../ui/time.tsx';
import { Badge, Card, Empty, Kbd, Loading, Page } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';
import { Swatches } from './swatches.tsx';
import { TEXTS } from './texts.ts';

/** The few sizes that text comes in. */
const SIZES = [
  ['text-xl semibold', 'text-xl font-semibold tracking-tight'],
  ['text-lg semibold', 'text-lg font-semibold'],
  ['text-base semibold', 'text-base font-semibold'],
  ['text-sm medium', 'text-sm font-medium'],
  ['text-sm', 'text-sm'],
  ['text-sm soft', 'text-sm text-soft'],
  ['text-xs soft', 'text-xs text-soft'],
  ['font-mono text-xs', 'font-mono text-xs'],
] as const;

const SHAPES = [
  ['rounded-md', 'rounded-md'],
  ['rounded-lg', 'rounded-lg'],
  ['rounded-xl', 'rounded-xl'],
  ['shadow-card', 'rounded-xl shadow-card'],
  ['shadow-over', 'rounded-xl shadow-over'],
] as const;

/** `/design`: every building block of the app, alive, in the theme that is chosen. */
export function DesignPage() {
  const words = useTextsOf(TEXTS);
  const texts = useTexts();
  const [start] = useState(Date.now);
  const [isAsking, setAsking] = useState<'dialog' | 'confirm'>();
  const [tab, setTab] = useState<'one' | 'two'>('one');
  const [text, setText] = useState('');
  const [isOn, setOn] = useState(true);
  const [choice, setChoice] = useState<'first' | 'second'>('first');
  return (
    <Page title={words.title}>
      <p className="max-w-2xl text-sm text-soft">{words.lead}</p>
      <Part title={words.colours}>
        <Swatches theme="light" title={texts.theme.light} />
        <Swatches theme="dark" title={texts.theme.dark} />
      </Part>
      <Part title={words.type}>
        <div className="flex w-full flex-col gap-2">
          {SIZES.map(([name, look]) => (
            <p key={name} className="flex flex-wrap items-baseline gap-4">
              <code className="w-40 font-mono text-xs text-soft">{name}</code>
              <span className={look}>{words.specimen}</span>
            </p>
          ))}
        </div>
      </Part>
      <Part title={words.shapes}>
        {SHAPES.map(([name, look]) => (
          <span key={name} className="flex flex-col gap-1.5 font-mono text-xs">
            <span className={`h-14 w-28 border border-line bg-card ${look}`} />
            {name}
          </span>
        ))}
        <span className="flex flex-col gap-1.5 font-mono text-xs">
          <span className="m-1 h-12 w-26 rounded-md border border-line bg-card outline-2 outline-offset-2 outline-accent" />
          {words.focus}
        </span>
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
        <Ago at={start} />
        <Loading label={texts.loading} />
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
        <div className="w-full">
          <Table
            label={words.table}
            rows={['a', 'b']}
            keyOf={(row) => row}
            columns={[
              { id: 'head', title: words.text, isHead: true, cell: (row) => row },
              { id: 'state', title: words.states, cell: () => <Badge tone="good">good</Badge> },
            ]}
          />
        </div>
      </Part>
      <Part title={words.over}>
        <Button onPress={() => setAsking('dialog')}>{words.dialog}</Button>
        <Button look="danger" onPress={() => setAsking('confirm')}>
          {words.confirm}
        </Button>
        <CopyButton text={words.specimen} />
        <FileButton text={words.file} accept="" onFile={() => undefined} />
        {isAsking === 'dialog' ? (
          <Dialog title={words.dialog} closeLabel={texts.actions.close} isOpen onClose={() => setAsking(undefined)}>
            <p className="text-sm">{words.specimen}</p>
          </Dialog>
        ) : null}
        {isAsking === 'confirm' ? (
          <ConfirmDialog
            title={`${words.confirm}?`}
            confirm={words.confirm}
            typed="millrace"
            isBusy={false}
            onConfirm={() => setAsking(undefined)}
            onClose={() => setAsking(undefined)}
          >
            <p className="text-sm">{words.specimen}</p>
          </ConfirmDialog>
        ) : null}
        <div className="h-24 w-full rounded-lg border border-line">
          <Tabs
            label={words.tabs}
            selected={tab}
            onSelect={setTab}
            tabs={[
              { id: 'one', text: words.first },
              { id: 'two', text: words.second },
            ]}
          >
            <p className="text-sm">{tab === 'one' ? words.first : words.second}</p>
          </Tabs>
        </div>
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
