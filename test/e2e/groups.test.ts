import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { edge, step } from '../harness/steps.ts';
import { WebApp } from '../harness/web-app.ts';
import { restingBox } from '../harness/web.ts';

interface Stored {
  nodes: { id: string; position: [number, number]; group?: string; disabled?: boolean }[];
  groups?: { id: string; name: string; color?: number; collapsed?: boolean }[];
}

describe.runIf(hasBrowser)('groups of steps', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await WebApp.open();
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
  const open = (): Promise<string> =>
    app.openWorkflow({
      name: 'Grouped',
      nodes: [
        step('Go', 'manual', 0),
        step('One', 'no-op', 260),
        step('Two', 'stop-and-error', 520, { errorMessage: 'broken' }),
        step('End', 'no-op', 780),
      ],
      edges: [edge('Go', 'One'), edge('One', 'Two'), edge('Two', 'End')],
    });

  it('are made, named, coloured, collapsed and taken apart by keyboard', async ({ expect }) => {
    const { page } = app;
    const id = await open();
    const card = (name: string) => page.getByRole('group', { name: new RegExp(`^${name},`) });
    await card('One').press('Enter');
    await page.getByRole('region', { name: 'One' }).waitFor();
    await card('Two').focus();
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    await page.getByRole('region', { name: '2 chosen' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.keyboard.press('Control+g');
    const panel = page.getByRole('region', { name: /^Group / });
    await panel.getByRole('textbox', { name: 'Name of the group' }).fill('Middle <b>');
    await panel.getByRole('radio', { name: 'Colour 1' }).press('ArrowRight');
    await expect.poll(() => panel.getByRole('list', { name: 'In this group' }).getByRole('listitem').count()).toBe(2);
    expect(await app.violations()).toEqual([]);
    const made = await stored(id);
    expect(made.groups).toMatchObject([{ name: 'Middle <b>', color: 1 }]);
    expect(made.nodes.map(({ group }) => group === made.groups?.[0]?.id)).toEqual([false, true, true, false]);
    await page.getByRole('button', { name: 'Collapse the group Middle <b>' }).press('Enter');
    await card('One').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByRole('group', { name: 'Middle <b>, Failed' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Open the group Middle <b>' }).press('Enter');
    await card('One').waitFor();
    // opening chose it: Enter goes into its panel, Escape back, and then it moves
    await panel.waitFor();
    const frame = page.getByRole('group', { name: 'Middle <b>' });
    await frame.press('Enter');
    await panel.locator(':focus').waitFor();
    await page.keyboard.press('Escape');
    await frame.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(async () => (await stored(id)).nodes.map(({ position }) => position[1] > 0))
      .toEqual([false, true, true, false]);
    await page.getByRole('button', { name: 'Ungroup' }).press('Enter');
    await expect.poll(async () => (await stored(id)).groups).toBeUndefined();
    expect((await stored(id)).nodes).toHaveLength(4);
  });

  it('are moved with the mouse, published, exported and copied', async ({ expect }) => {
    const { page } = app;
    const id = await open();
    await page.getByRole('group', { name: /^One,/ }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+g');
    const before = await stored(id);
    const head = page.locator('.group-head');
    const box = await restingBox(head);
    await page.mouse.move(box.x + 200, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 110, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await stored(id)).nodes).not.toEqual(before.nodes);
    const after = await stored(id);
    const [x = 0, y = 0] = (after.nodes[0]?.position ?? []).map(
      (at, axis) => at - (before.nodes[0]?.position[axis] ?? 0),
    );
    expect(x).toBeGreaterThan(20);
    expect(y).toBeGreaterThan(50);
    for (const [index, { position }] of after.nodes.entries()) {
      const was = before.nodes[index]?.position ?? [0, 0];
      expect([position[0] - was[0], position[1] - was[1]]).toEqual([x, y]);
    }
    await app.api('POST', `/v1/workflows/${id}/publish`);
    const version = await app.api('GET', `/v1/workflows/${id}/versions/1`);
    expect((version['document'] as Stored).groups).toEqual(after.groups);
    const file = await app.api('GET', `/v1/workflows/${id}/export`);
    const { workflows } = await app.api('POST', '/v1/workflows/import', file);
    const copy = (workflows as { id: string }[])[0]?.id ?? '';
    await expect
      .poll(async () => ((await app.api('GET', `/v1/workflows/${copy}`))['document'] as Stored).groups)
      .toEqual(after.groups);
    await page.locator('.react-flow').press('Control+c');
    await page.locator('.react-flow').press('Control+v');
    await page.getByRole('region', { name: '4 chosen' }).waitFor();
    const twice = await stored(id);
    expect(twice.groups).toHaveLength(2);
    expect(new Set(twice.nodes.slice(4).map(({ group }) => group))).toEqual(new Set([twice.groups?.[1]?.id]));
    await page.getByRole('button', { name: 'Switch off' }).press('Enter');
    await expect
      .poll(async () => (await stored(id)).nodes.map(({ disabled }) => disabled === true))
      .toEqual([...Array(4).fill(false), ...Array(4).fill(true)]);
    await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
    await expect.poll(async () => (await stored(id)).groups).toHaveLength(1);
    expect(app.faults).toEqual([]);
  });

  it('take in what is dropped in their frame, and let go of what is dragged out', async ({ expect }) => {
    const { page } = app;
    const id = await app.openWorkflow({
      name: 'Dropped',
      nodes: [
        step('Go', 'manual', 0),
        { ...step('One', 'no-op', 260), group: 'g' },
        { ...step('Two', 'no-op', 520), group: 'g' },
        { ...step('End', 'no-op', 260), position: [260, 300] },
      ],
      groups: [{ id: 'g', name: 'Middle', description: 'What it does' }],
      edges: [edge('Go', 'One'), edge('One', 'Two')],
    });
    await page.getByText('What it does').waitFor();
    const drag = async (name: string, x: number, y: number): Promise<void> => {
      const box = await restingBox(page.getByRole('group', { name: new RegExp(`^${name},`) }));
      await page.mouse.move(box.x + 60, box.y + 10);
      await page.mouse.down();
      // a drag begins where the mouse first moved to
      await page.mouse.move(box.x + 62, box.y + 10);
      await page.mouse.move(box.x + 60 + x, box.y + 10 + y, { steps: 6 });
      await page.mouse.up();
    };
    const groups = async () => (await stored(id)).nodes.map(({ group }) => group);
    const { y: height } = await restingBox(page.getByRole('group', { name: 'End,' }));
    const { y: top } = await restingBox(page.getByRole('group', { name: 'One,' }));
    await drag('End', 0, top - height + 20);
    await expect.poll(() => groups()).toEqual([undefined, 'g', 'g', 'g']);
    await drag('End', 0, height - top);
    await expect.poll(() => groups()).toEqual([undefined, 'g', 'g', undefined]);
    await page.keyboard.press('Control+z');
    await expect.poll(groups).toEqual([undefined, 'g', 'g', 'g']);
    expect(app.faults).toEqual([]);
  });

  it('stand in the outline with what is in them below, and are made there, too', async ({ expect }) => {
    const { page } = app;
    const id = await open();
    await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
    const outline = page.getByRole('list', { name: 'Outline' });
    await outline.getByRole('button', { name: /^One/ }).press('Enter');
    await outline.getByRole('button', { name: /^End/ }).press('Control+Enter');
    await page.getByRole('region', { name: '2 chosen' }).waitFor();
    await page.getByRole('button', { name: 'Group them' }).press('Enter');
    const lines = async (): Promise<string[]> =>
      (await outline.getByRole('listitem').allInnerTexts()).map((text) => text.split('\n')[0] ?? '');
    await outline.getByRole('button', { name: 'Group 1', exact: false }).first().waitFor();
    await expect
      .poll(async () => (await lines()).map((text) => text.replace(/(No-op|Manual|Stop).*/i, '').trim()))
      .toEqual([
        expect.stringMatching(/^Go/),
        expect.stringMatching(/^Group 1/),
        expect.stringMatching(/^One/),
        expect.stringMatching(/^End/),
        expect.stringMatching(/^Two/),
      ]);
    expect(await app.violations()).toEqual([]);
    await outline.getByRole('button', { name: 'Collapse the group Group 1' }).press('Enter');
    await outline.getByRole('button', { name: /^One/ }).waitFor({ state: 'hidden' });
    await expect.poll(async () => (await stored(id)).groups).toMatchObject([{ name: 'Group 1', collapsed: true }]);
  });

  it('leave connections to be chosen, filled and removed by keyboard', async ({ expect }) => {
    const { page } = app;
    const id = await open();
    const line = (name: string) => page.getByRole('group', { name, exact: true });
    await line('Go → One').press('Enter');
    const panel = page.getByRole('region', { name: 'Connection: Go → One' });
    await panel.waitFor();
    expect(await app.violations()).toEqual([]);
    await panel.getByRole('button', { name: 'Insert a step here' }).press('Enter');
    await app.addStep('limit');
    await line('Limit → One').press('Enter');
    await page.getByRole('button', { name: 'Remove the connection' }).press('Enter');
    await line('Limit → One').waitFor({ state: 'detached' });
    await expect.poll(async () => (await stored(id)).nodes).toHaveLength(5);
  });

  it('are no border for a step that runs another workflow: two clicks lead into it, a link back', async ({
    expect,
  }) => {
    const { page } = app;
    const inner = await app.workflow({
      schema: 1,
      name: 'Inner',
      nodes: [step('When', 'execute-workflow-trigger', 0)],
      edges: [],
      settings: {},
      notes: [],
      pinned: [],
    });
    const id = await app.openWorkflow({
      name: 'Outer',
      nodes: [{ ...step('Call', 'execute-workflow', 0, { workflowId: inner }), group: 'g' }],
      groups: [{ id: 'g', name: 'G' }],
    });
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await page.route(`**/v1/workflows/${inner}`, async (route) => {
      await asked;
      await route.continue();
    });
    const call = page.getByRole('group', { name: /^Call,/ });
    await restingBox(call);
    await call.dblclick();
    // until it is there, nothing is shown in its place that could be edited in vain
    await call.waitFor({ state: 'detached' });
    answer();
    await page.getByRole('heading', { level: 1, name: 'Inner' }).waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Back to the workflow that runs this' }).press('Enter');
    await page.getByRole('region', { name: 'Call' }).waitFor();
    await expect.poll(() => page.url()).toContain(id);
  });
});
