import { it } from 'vitest';
import { chain, manual } from '../../served/documents.ts';
import type { Desk } from './desk.ts';

const THEIRS = {
  name: 'From n8n',
  nodes: [
    { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {}, position: [0, 0] },
    { name: 'Wait', type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters: { amount: 1 }, position: [200, 0] },
  ],
  connections: { Start: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] } },
};

/** The list of workflows, and where they come from. */
export function keepingTests(at: () => Desk): void {
  it('selects workflows, tags them, moves them into a new folder, deletes one', async () => {
    const desk = at();
    const { app, page, keys } = desk;
    for (const name of ['Night one', 'Night two']) await app.workflow(chain(name, [manual()]));
    await keys.palette('workflows', /^Workflows/);
    await page.getByRole('checkbox', { name: 'Select Night one' }).waitFor();
    for (const name of ['Night one', 'Night two']) {
      await keys.hit(page.getByRole('checkbox', { name: `Select ${name}` }), 'Space');
    }
    const bulk = page.getByRole('group', { name: 'With the selected' });
    await keys.hit(desk.button('Tag…', bulk), 'Enter', 'Shift+Tab');
    await keys.fill(desk.dialog().getByRole('textbox', { name: 'Tags' }), 'night');
    await keys.press('Enter');
    await desk.closed();
    const table = page.getByRole('table', { name: 'Workflows' });
    await table.getByRole('link', { name: 'night', exact: true }).nth(1).waitFor();
    await keys.hit(desk.button('Move…', bulk), 'Enter', 'Shift+Tab');
    await keys.fill(desk.dialog().getByRole('textbox', { name: 'New project' }), 'Billing');
    await keys.press('Enter');
    await keys.fill(desk.dialog().getByRole('textbox', { name: 'New folder in it' }), 'Nightly');
    await keys.press('Enter');
    await desk.dialog().getByText('Billing / Nightly').first().waitFor();
    await keys.hit(desk.button('Move here', desk.dialog()));
    await desk.closed();
    await table.getByText('Billing / Nightly').nth(1).waitFor();
    await keys.take(desk.button('Actions for Night one'), 'Delete');
    await keys.hit(desk.button('Delete', desk.dialog()));
    await desk.closed();
    await table.getByRole('link', { name: 'Night one' }).waitFor({ state: 'detached' });
  });

  it('imports what is pasted, begins with a template', async ({ expect }) => {
    const desk = at();
    const { page, keys } = desk;
    await desk.open('workflows', /^Workflows/, 'Workflows');
    await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(THEIRS));
    await keys.press('Control+v');
    await keys.hit(desk.dialog().getByRole('link', { name: 'Open From n8n' }));
    await desk.card('Wait').waitFor();
    await expect.poll(async () => (await desk.stored()).edges).toHaveLength(1);
    await keys.palette('templates', /^Start from a template/);
    await keys.hit(desk.button('Use “Turn CSV into JSON”', desk.dialog()));
    await desk.card('Form').waitFor();
    await expect.poll(async () => (await desk.stored()).nodes[0]?.type).toBe('form-trigger');
  });
}
