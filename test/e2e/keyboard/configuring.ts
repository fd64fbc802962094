import { it } from 'vitest';
import { chain, manual, node, set } from '../../served/documents.ts';
import type { Desk } from './desk.ts';

/** The panel of a step where it is more than boxes to write in, and trying out what is drawn. */
export function configuringTests(at: () => Desk): void {
  /** Chooses a step and goes into its panel. */
  const enter = async (desk: Desk, name: string): Promise<void> => {
    await desk.card(name).waitFor();
    await desk.keys.to(desk.card(name));
    await desk.keys.press('Enter');
    await desk.region(name).waitFor();
    await desk.keys.press('Enter');
  };

  it('builds a schedule by cron and by weekdays, and reads when it comes true', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    await app.openWorkflow(chain('Often', [node('When', 'schedule', 1.2)]));
    await enter(desk, 'When');
    await keys.hit(desk.button('Add to Rules'));
    // what was added stands above the button
    await keys.choose(/Every$/, 'Cron expression', 'Shift+Tab');
    await keys.fill(page.getByRole('textbox', { name: 'Cron expression' }), '0 9 1 1 *');
    const times = desk.region('Next five times').getByRole('listitem');
    await times
      .filter({ hasText: /1 January \d{4} at 0?9:00:00/ })
      .nth(4)
      .waitFor();
    await keys.rewrite('not cron');
    await page.getByText('is not a cron expression').first().waitFor();
    await keys.choose(/Every$/, 'Weeks', 'Shift+Tab');
    const days = page.getByRole('toolbar', { name: 'On' }).or(page.getByRole('group', { name: 'On', exact: true }));
    await keys.to(days.getByRole('button'));
    await keys.hit(desk.button('Wed', days), 'Space', 'ArrowRight');
    const rule = async () => (await desk.stored()).nodes[0]?.parameters['rule'];
    await expect.poll(rule).toEqual({ interval: [{ field: 'weeks', triggerAtDay: [3, 0] }] });
  });

  it('puts a field of the input into a parameter, in a narrow panel and in a wide one', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    await app.openWorkflow({
      ...chain('Uses', [manual(), { ...node('Say', 'stop-and-error', 1), position: [260, 0] }]),
      pinned: [{ node: 'start', items: [{ json: { deep: { note: 'hello' }, more: 'world' } }] }],
    });
    await enter(desk, 'Say');
    const message = page.getByRole('textbox', { name: 'Message' });
    const result = page.getByRole('status', { name: 'Result of Message' });
    /** From the parameter that has the focus to the field that it shall hold. */
    const use = async (path: string): Promise<void> => {
      await keys.press('Alt+i');
      await keys.hit(page.getByRole('radio', { name: 'Schema' }).first(), 'Space', 'ArrowRight');
      await keys.hit(page.getByRole('button', { name: `Use ${path}` }));
    };
    await keys.to(message);
    await use('$json.deep.note');
    await result.getByText('hello', { exact: true }).waitFor();
    // the input went away with its tab
    await desk.isFocused(page.getByRole('tab', { name: 'Parameters' }));
    await keys.hit(desk.button('Show side by side'), 'Enter', 'Shift+Tab');
    await keys.to(message);
    await use('$json.more');
    await result.getByText('helloworld').waitFor();
    await desk.isFocused(page.getByRole('button', { name: 'Use $json.more' }));
    const written = async () => (await desk.stored()).nodes[1]?.parameters['errorMessage'];
    await expect.poll(written).toBe('={{ $json.deep.note }}{{ $json.more }}');
    await keys.press('Escape');
    await desk.isFocused(desk.card('Say'));
  });

  it('listens for the next call of a webhook, stops, and listens again', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    const hook = node('Hook', 'webhook', 2, { path: 'heard', responseMode: 'lastNode' });
    await app.openWorkflow(chain('Heard', [hook, { ...set('say', { said: 'heard' }), position: [260, 0] }]));
    await desk.card('Hook').waitFor();
    const [listen, stop] = [desk.button('Listen for a call'), desk.button('Stop listening')];
    await keys.hit(listen);
    await desk.isFocused(stop);
    await keys.press('Enter');
    await desk.isFocused(listen);
    await keys.press('Enter');
    const url = (await page.getByText(/^GET http/).textContent())?.replace('GET ', '') ?? '';
    expect((await fetch(url)).status).toBe(200);
    // what came is shown, and the focus is where it was
    await page.getByRole('status').getByText('Success').first().waitFor();
    await desk.isFocused(listen);
  });
}
