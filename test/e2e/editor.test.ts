import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { edge, step } from '../harness/steps.ts';
import { WebApp } from '../harness/web-app.ts';
import { restingBox } from '../harness/web.ts';

interface Stored {
  nodes: { name: string; type: string; position: [number, number]; parameters: object }[];
  edges: object[];
}

describe.runIf(hasBrowser)('the editor', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await WebApp.open({ viewport: { width: 1440, height: 900 } });
  }, 400_000);
  // what one test did is not held against the next
  beforeEach(() => {
    app.faults.length = 0;
  });
  afterAll(async () => {
    await app?.close();
  });

  const stored = async (id: string): Promise<Stored> => {
    await app.page.getByText('Saved', { exact: true }).waitFor();
    return (await app.api('GET', `/v1/workflows/${id}`))['document'] as unknown as Stored;
  };
  const card = (name: string) => app.page.getByRole('group', { name: new RegExp(`^${name},`) });
  const choose = async (name: string): Promise<void> => {
    await card(name).press('Enter');
    await app.page.getByRole('region', { name, exact: true }).waitFor();
  };

  it('takes what n8n copies, and gives what n8n pastes', async ({ expect }) => {
    const { page } = app;
    const id = await app.openWorkflow({ name: 'Both ways', nodes: [step('Go', 'manual', 0)] });
    await card('Go').waitFor();
    const theirs = {
      nodes: [
        {
          id: 'x',
          name: 'Ask',
          type: 'n8n-nodes-base.httpRequest',
          typeVersion: 4.2,
          position: [300, 100],
          parameters: { url: 'https://example.com' },
        },
        {
          id: 'y',
          name: 'Note',
          type: 'n8n-nodes-base.stickyNote',
          typeVersion: 1,
          position: [0, 200],
          parameters: { content: 'why', color: 4 },
        },
      ],
      connections: {},
    };
    await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(theirs));
    await page.keyboard.press('Control+v');
    await page.getByRole('region', { name: '2 chosen' }).waitFor();
    const pasted = await stored(id);
    expect(pasted.nodes[1]).toMatchObject({
      name: 'Ask',
      type: 'http-request',
      parameters: { url: 'https://example.com' },
    });
    expect(pasted).toMatchObject({ notes: [{ text: 'why', color: 4 }] });
    await page.keyboard.press('Control+x');
    await card('Ask').waitFor({ state: 'detached' });
    const cut = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { nodes: { type: string }[] };
    expect(cut.nodes.map(({ type }) => type).sort()).toEqual([
      'n8n-nodes-base.httpRequest',
      'n8n-nodes-base.stickyNote',
    ]);
    await expect.poll(async () => (await stored(id)).nodes).toHaveLength(1);
    await page.keyboard.press('Control+z');
    await card('Ask').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await card('Ask').waitFor({ state: 'detached' });
    // nothing is chosen that is there: copying leaves what was cut where it can be pasted from
    await page.getByRole('region', { name: '2 chosen' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+c');
    const kept = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as typeof cut;
    expect(kept.nodes).toHaveLength(2);
  });

  it('says which steps cannot run as they are, on the canvas, in the outline and in a list that leads there', async ({
    expect,
  }) => {
    const { page } = app;
    await app.openWorkflow({
      name: 'Unfinished',
      nodes: [step('Go', 'manual', 0), step('Ask', 'http-request', 260, {}, 4.2)],
      edges: [edge('Go', 'Ask')],
    });
    await page.getByRole('group', { name: 'Ask, HTTP request, URL is missing.' }).waitFor();
    await page.getByRole('button', { name: '1 problem' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Ask: URL is missing.' }).press('Enter');
    await page.getByRole('region', { name: 'Ask', exact: true }).waitFor();
    expect(await app.violations()).toEqual([]);
    // who mistypes in a list of choices does not mean the step behind it
    await page.getByRole('button', { name: /^GET.*Method/ }).press('Enter');
    await page.getByRole('option', { name: 'GET' }).press('Backspace');
    await page.getByRole('option', { name: 'PUT' }).press('Enter');
    await page.getByRole('button', { name: /^PUT.*Method/ }).waitFor();
    await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
    await page.getByRole('button', { name: /^Ask.*URL is missing\./ }).waitFor();
    await page.getByRole('textbox', { name: 'URL' }).fill('https://example.com');
    await page.getByRole('button', { name: '1 problem' }).waitFor({ state: 'hidden' });
  });

  it('runs to a step and no further, and lays everything out, by keyboard', async ({ expect }) => {
    const { page } = app;
    const id = await app.openWorkflow({
      name: 'Halfway',
      nodes: [
        { ...step('Go', 'manual', 0), group: 'g' },
        { ...step('Half', 'no-op', 0), group: 'g' },
        step('End', 'stop-and-error', 0, { errorMessage: 'too far' }),
      ],
      groups: [{ id: 'g', name: 'First' }],
      edges: [edge('Go', 'Half'), edge('Half', 'End')],
    });
    await choose('Half');
    await page.getByRole('button', { name: 'Run to here' }).press('Enter');
    await page.getByRole('status').getByText('Success', { exact: true }).waitFor();
    await page.getByRole('group', { name: /^Half, .*Success/ }).waitFor();
    expect(await page.getByRole('group', { name: /^End,.*(Failed|Success)/ }).count()).toBe(0);
    // what cannot be laid out is told, and can be tried again
    await page.route('**/layout.worker*', (route) => route.abort());
    await page.getByRole('button', { name: 'Tidy up' }).press('Enter');
    await page.getByRole('alert').filter({ hasText: 'could not be laid out' }).waitFor();
    await page.unroute('**/layout.worker*');
    await page.getByRole('button', { name: 'Tidy up' }).press('Enter');
    await page.waitForFunction(() => {
      const cards = [...document.querySelectorAll('.react-flow__node-card')].map((each) =>
        each.getBoundingClientRect(),
      );
      return cards.length === 3 && cards.every(({ x }, index) => index === 0 || x > (cards[index - 1]?.x ?? 0) + 50);
    });
    const places = (await stored(id)).nodes.map(({ position: [x] }) => x);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(app.faults).toEqual([]);
  });

  it('has notes in Markdown, written where they lie and made larger, by keyboard and mouse', async ({ expect }) => {
    const { page } = app;
    const text =
      '# Why\n**bold** [docs](https://docs.example) [bad](javascript:alert(1)) <b>raw</b> ![far](https://a.example/x.png)';
    const id = await app.openWorkflow({
      name: 'Noted',
      nodes: [step('Go', 'manual', 0)],
      notes: [{ id: 'n', text, position: [0, 120], width: 260, height: 180, color: 4 }],
    });
    const notes = async () => ((await stored(id)) as unknown as { notes: object[] }).notes;
    const note = page.getByRole('group', { name: /^# Why/ });
    await note.locator('strong').getByText('bold').waitFor();
    const links = note.getByRole('link');
    await expect
      .poll(() => links.evaluateAll((all) => all.map((each) => each.getAttribute('href'))))
      .toEqual(['https://docs.example', 'https://a.example/x.png']);
    await expect.poll(() => links.first().getAttribute('rel')).toBe('noopener noreferrer');
    expect(await note.locator('img, b').count()).toBe(0);
    expect(await app.violations()).toEqual([]);
    await note.press('Enter');
    await page.getByRole('region', { name: 'Text of the note' }).waitFor();
    await page.keyboard.press('Enter');
    const box = page.getByRole('textbox', { name: 'Note on the canvas' });
    await box.and(page.locator(':focus')).waitFor();
    await page.keyboard.type(' _more_');
    expect(await app.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await note.locator('em').getByText('more').waitFor();
    await expect.poll(() => notes()).toMatchObject([{ text: `${text} _more_` }]);
    await note.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowDown');
    await expect.poll(notes).toMatchObject([{ position: [0, 125] }]);
    const corner = page.locator('.react-flow__resize-control.handle.bottom.right');
    const at = await restingBox(corner);
    await page.mouse.move(at.x + 2, at.y + 2);
    await page.mouse.down();
    await page.mouse.move(at.x + 62, at.y + 42, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(async () => {
        const [{ width, height }] = (await notes()) as [{ width: number; height: number }];
        return [width > 290, height > 200];
      })
      .toEqual([true, true]);
    await page.getByRole('spinbutton', { name: 'Width' }).fill('400');
    await expect.poll(notes).toMatchObject([{ width: 400 }]);
    await page.getByText('Why', { exact: true }).dblclick();
    await box.fill('');
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
    await expect.poll(notes).toMatchObject([{ text: '' }]);
    await page.locator('.react-flow__node-note').click();
    await page.getByText('Double-click or press Enter to write').waitFor();
    // notes without a step are not hidden by an offer of first steps
    await app.openWorkflow({ name: 'Only noted', notes: [{ id: 'n', text: 'alone', position: [0, 0] }] });
    await page.getByRole('group', { name: 'alone' }).waitFor();
    expect(app.faults).toEqual([]);
  });

  it('is drawn in as people know it: boxes, Space, double clicks, the right button, keys', async ({ expect }) => {
    const { page } = app;
    const id = await app.openWorkflow({
      name: 'Gestures',
      nodes: [step('Go', 'manual', 0), step('One', 'no-op', 300), step('Two', 'no-op', 600)],
    });
    await card('Two').waitFor();
    const pane = page.locator('.react-flow__pane');
    const boxOf = (name: string) => restingBox(card(name));
    const drag = async (from: [number, number], to: [number, number]): Promise<void> => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(from[0] + 3, from[1] + 3);
      await page.mouse.move(...to, { steps: 5 });
      await page.mouse.up();
    };
    const [one, two] = [await boxOf('One'), await boxOf('Two')];
    await drag([one.x - 20, one.y - 60], [two.x + 30, two.y + 30]);
    await page.getByRole('region', { name: '2 chosen' }).waitFor();
    await page.keyboard.press('Control+d');
    await page.locator('.react-flow__node.selected').and(card('Two 1')).waitFor();
    await page.getByRole('region', { name: '2 chosen' }).waitFor();
    await page.keyboard.press('d');
    await expect
      .poll(async () => ((await stored(id)).nodes as { disabled?: boolean }[]).map(({ disabled }) => disabled))
      .toEqual([undefined, undefined, undefined, true, true]);
    await page.keyboard.press('Delete');
    await card('Two 1').waitFor({ state: 'detached' });
    // Space moves the drawing
    const before = await boxOf('Go');
    await page.mouse.move(before.x, before.y + 200);
    await page.keyboard.down('Space');
    await drag([before.x, before.y + 200], [before.x + 100, before.y + 250]);
    await page.keyboard.up('Space');
    await expect.poll(async () => (await boxOf('Go')).x).toBeGreaterThan(before.x + 60);
    await page.keyboard.press('1');
    // the right button, and the menu key
    await boxOf('One');
    await card('One').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Uno');
    await card('Uno').press('Shift+F10');
    await page.getByRole('menuitem', { name: /^Switch off/ }).press('Enter');
    await expect.poll(async () => (await stored(id)).nodes[1]).toMatchObject({ name: 'Uno', disabled: true });
    await card('Uno').press('F2');
    await page.getByRole('textbox', { name: 'Name', exact: true }).and(page.locator(':focus')).waitFor();
    // a connection that ends anywhere on a card leads to its input
    const [go, target] = [await boxOf('Go'), await boxOf('Uno')];
    await drag([go.x + go.width, go.y + go.height / 2], [target.x + target.width / 2, target.y + 10]);
    await page.getByRole('group', { name: 'Go → Uno' }).waitFor({ state: 'attached' });
    // an output that is pressed wants a step behind it, and so does the open, pressed twice
    await card('Two').locator('.react-flow__handle.source').click();
    await page.getByRole('searchbox', { name: 'Search steps' }).fill('limit');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Two → Limit' }).waitFor({ state: 'attached' });
    await page.keyboard.press('1');
    await pane.dblclick({ position: { x: 60, y: 60 } });
    await page.getByRole('searchbox', { name: 'Search steps' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // a letter that is held down is meant once
    await page.keyboard.down('o');
    await page.keyboard.down('o');
    await page.keyboard.up('o');
    await page.getByRole('list', { name: 'Outline' }).waitFor();
    await page.getByRole('button', { name: 'Canvas', exact: true }).press('Enter');
    // a step pressed twice is opened between what comes in and what goes out
    await boxOf('Two');
    await card('Two').dblclick();
    await page.getByRole('button', { name: 'Show in the side panel' }).waitFor();
    await page.getByRole('region', { name: 'Input' }).waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).press('Escape');
    await page.getByRole('region', { name: 'Input' }).waitFor({ state: 'hidden' });
    expect(app.faults).toEqual([]);
  });

  it('says which keys to press when the browser keeps the clipboard from menus, and what was copied in vain', async ({
    expect,
  }) => {
    const { page } = app;
    await app.openWorkflow({ name: 'Refused', nodes: [step('Go', 'manual', 0)] });
    const paste = async (): Promise<void> => {
      await page.locator('.react-flow__pane').click({ button: 'right', position: { x: 40, y: 400 } });
      await page.getByRole('menuitem', { name: /^Paste/ }).press('Enter');
    };
    await card('Go').waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('hello'));
    await paste();
    await page.getByRole('alert').filter({ hasText: 'What was copied holds no steps' }).waitFor();
    await page.context().clearPermissions();
    await paste();
    await page.getByRole('alert').filter({ hasText: 'Press Ctrl V instead' }).waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await card('Go').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Copy/ }).press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('manualTrigger');
    await paste();
    await card('Go 1').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(app.faults).toEqual([]);
  });

  it('takes steps from the list and files from elsewhere where they are dropped', async ({ expect }) => {
    const { page } = app;
    const id = await app.openWorkflow({
      name: 'Drops',
      nodes: [step('Go', 'manual', 0), step('End', 'no-op', 500)],
      edges: [edge('Go', 'End')],
    });
    await card('End').waitFor();
    const area = await restingBox(page.locator('.react-flow'));
    const [go, end] = [await restingBox(card('Go')), await restingBox(card('End'))];
    const middle = { x: (go.x + 192 + end.x) / 2, y: go.y + 28 };
    const take = async (wanted: string, x: number, y: number): Promise<void> => {
      await page.getByRole('button', { name: 'Add a step' }).click();
      await page.getByRole('searchbox', { name: 'Search steps' }).fill(wanted);
      const option = await restingBox(page.getByRole('option').first().locator('[draggable]'));
      await page.mouse.move(option.x + 60, option.y + 10);
      await page.mouse.down();
      await page.mouse.move(option.x + 70, option.y + 20, { steps: 3 });
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.mouse.move(x, y, { steps: 4 });
      await page.mouse.up();
    };
    await take('limit', middle.x, middle.y);
    await page.getByRole('group', { name: 'Go → Limit' }).waitFor({ state: 'attached' });
    await page.getByRole('group', { name: 'Limit → End' }).waitFor({ state: 'attached' });
    await take('aggregate', area.x + 200, area.y + 120);
    await card('Aggregate').waitFor();
    await expect.poll(async () => (await stored(id)).edges).toHaveLength(2);
    const drop = (name: string, text: string) =>
      page.locator('.react-flow').evaluate(
        (element, [fileName = '', content = '']) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], fileName));
          const at = { bubbles: true, cancelable: true, dataTransfer, clientX: 400, clientY: 500 };
          element.dispatchEvent(new DragEvent('dragover', at));
          element.dispatchEvent(new DragEvent('drop', at));
        },
        [name, text],
      );
    const file = {
      nodes: ['A', 'B'].map((name, index) => ({
        id: name,
        name,
        type: 'n8n-nodes-base.noOp',
        typeVersion: 1,
        position: [9_000 + index * 200, 9_000],
        parameters: {},
      })),
      connections: { A: { main: [[{ node: 'B', type: 'main', index: 0 }]] } },
      nodeGroups: [{ id: 'g', name: 'Theirs', nodeIds: ['A', 'B'] }],
    };
    await drop('theirs.json', JSON.stringify(file));
    await page.getByRole('region', { name: '2 chosen' }).waitFor();
    await page.getByRole('button', { name: 'Collapse the group Theirs' }).waitFor();
    const at = (await stored(id)).nodes.slice(-2).map(({ position }) => position);
    expect([(at[1]?.[0] ?? 0) - (at[0]?.[0] ?? 0), (at[0]?.[0] ?? 9_000) < 2_000]).toEqual([300, true]);
    await drop('picture.png', 'no workflow');
    await page.getByRole('alert').filter({ hasText: 'This file holds no steps' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.keyboard.press('Shift+Alt+G');
    await page.getByRole('button', { name: 'Open the group Theirs' }).waitFor();
    expect(app.faults).toEqual([]);
  });
});
