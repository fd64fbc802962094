import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { edge, step } from '../harness/steps.ts';
import { WebApp } from '../harness/web-app.ts';

interface Stored {
  nodes: { name: string; type: string; position: [number, number]; parameters: object }[];
  edges: object[];
}

describe.runIf(hasBrowser)('the editor', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await WebApp.open({ viewport: { width: 1440, height: 900 } });
  }, 400_000);
  afterAll(async () => {
    await app?.close();
  });

  const stored = async (id: string): Promise<Stored> => {
    await app.page.getByText('Saved', { exact: true }).waitFor();
    return (await app.api('GET', `/v1/workflows/${id}`))['document'] as unknown as Stored;
  };
  const card = (name: string) => app.page.getByRole('group', { name: new RegExp(`^${name},`) });
  const choose = async (name: string): Promise<void> => {
    await card(name).focus();
    await app.page.keyboard.press('Enter');
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
    expect((await stored(id)).nodes).toHaveLength(1);
    await page.keyboard.press('Control+z');
    await card('Ask').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await card('Ask').waitFor({ state: 'detached' });
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
    await page.getByText('Success').first().waitFor();
    await page.getByRole('group', { name: /^Half, .*Success/ }).waitFor();
    expect(await page.getByRole('group', { name: /^End,.*(Failed|Success)/ }).count()).toBe(0);
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
});
