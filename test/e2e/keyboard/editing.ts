import { it } from 'vitest';
import { chain, manual, set } from '../../served/documents.ts';
import type { Desk } from './desk.ts';

/** Drawing, and running what is drawn. `at`: the desk once it is there. */
export function editingTests(at: () => Desk): void {
  it('draws a workflow from nothing: adds, configures, arranges, connects, groups', async ({ expect }) => {
    const desk = at();
    const { page, keys } = desk;
    await keys.palette('new workflow', /^New workflow/);
    await page.getByRole('heading', { name: 'Start with a trigger' }).waitFor();
    await desk.add('manual', 'Manual trigger');
    await desk.add('set fields', 'Set fields');
    // into the panel of the step and back
    await keys.press('Enter');
    await keys.hit(desk.button('Add to Fields'));
    await keys.fill(page.getByRole('textbox', { name: 'Name 1' }), 'amount');
    await keys.press('Escape');
    await desk.isFocused(desk.card('Set fields'));
    const before = (await desk.stored()).nodes[1]?.position[1] ?? 0;
    await keys.press('ArrowDown', 3);
    await expect.poll(async () => (await desk.stored()).nodes[1]?.position[1]).toBeGreaterThan(before);
    await desk.add('limit', 'Limit');
    // the outline connects and disconnects
    await keys.press('o');
    const outline = page.getByRole('list', { name: 'Outline' });
    await keys.hit(desk.button('Delete: Set fields → Limit', outline));
    await expect.poll(async () => (await desk.stored()).edges.length).toBe(1);
    await keys.choose(/^.*Connect to.* Set fields 1$/, 'Limit');
    await expect.poll(async () => (await desk.stored()).edges.length).toBe(2);
    await keys.hit(desk.button('Canvas'));
    await keys.to(desk.card('Set fields'));
    await keys.press('Enter');
    await keys.to(desk.card('Limit'));
    await keys.press('Control+Enter');
    await desk.region('2 chosen').waitFor();
    await keys.press('Control+g');
    await desk.region(/^Group /).waitFor();
    await expect.poll(async () => (await desk.stored()).groups?.length).toBe(1);
    expect(desk.app.faults).toEqual([]);
  });

  it('writes a note and colours it, copies, pastes, undoes, redoes and deletes', async ({ expect }) => {
    const desk = at();
    const { page, keys } = desk;
    await desk.app.openWorkflow(chain('Notes', [manual(), { ...set('mark', { a: 'one' }), position: [260, 0] }]));
    await desk.card('mark').waitFor();
    await keys.press('n');
    await desk.isFocused(page.getByRole('textbox', { name: 'Note on the canvas' }));
    await keys.write('**why**');
    await keys.press('Escape');
    await expect.poll(async () => (await desk.stored()).notes).toMatchObject([{ text: '**why**' }]);
    // once more, to change it
    await keys.press('Enter');
    await desk.isFocused(page.getByRole('textbox', { name: 'Note on the canvas' }));
    await keys.rewrite('**because**');
    await keys.press('Escape');
    await page.locator('strong', { hasText: 'because' }).waitFor();
    await keys.to(page.getByRole('radiogroup', { name: 'Colour' }).getByRole('radio'));
    const before = (await desk.stored()).notes[0]?.color;
    await keys.press('ArrowRight');
    await expect.poll(async () => (await desk.stored()).notes[0]?.color).not.toBe(before);
    await keys.to(desk.card('mark'), 'Shift+Tab');
    await keys.press('Enter');
    await desk.region('mark').waitFor();
    const count = async (): Promise<number> => (await desk.stored()).nodes.length;
    await keys.press('Control+c');
    await keys.press('Control+v');
    await expect.poll(count).toBe(3);
    await keys.press('Control+z');
    await expect.poll(count).toBe(2);
    await keys.press('Control+Shift+z');
    await expect.poll(count).toBe(3);
    // what is pasted is chosen already; what is deleted leaves the focus beside it
    await keys.to(desk.card('mark 1'));
    await keys.press('Delete');
    await desk.card('mark 1').waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('.react-flow, main') !== null))
      .toBe(true);
    await expect.poll(() => count()).toBe(2);
    expect(desk.app.faults).toEqual([]);
  });

  it('runs to a step, pins what it gave, writes it anew, and shows it in every view', async ({ expect }) => {
    const desk = at();
    const { page, keys } = desk;
    const steps = [manual(), set('mark', { a: 'one' }), set('more', { b: 'two' })];
    await desk.app.openWorkflow(
      chain(
        'Pins',
        steps.map((each, index) => ({ ...each, position: [index * 260, 0] })),
      ),
    );
    await desk.card('mark').waitFor();
    await keys.press('F6', 2);
    await keys.to(desk.card('mark'));
    await keys.press('Enter', 2);
    await keys.hit(desk.button('Run to here'));
    await page.getByRole('cell', { name: 'one' }).first().waitFor();
    await keys.hit(desk.button('Pin this output'));
    await expect.poll(async () => (await desk.stored()).pinned[0]?.items[0]?.json).toEqual({ a: 'one' });
    await keys.hit(desk.button('Edit output'));
    await keys.to(page.getByRole('textbox', { name: /JSON|output/i }));
    await keys.rewrite('[{"json": {"a": "by hand"}}]');
    await keys.hit(desk.button('Pin what is written'));
    await expect.poll(async () => (await desk.stored()).pinned[0]?.items[0]?.json).toEqual({ a: 'by hand' });
    await keys.press('Escape');
    await desk.isFocused(desk.card('mark'));
  });
}
