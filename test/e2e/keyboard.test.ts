import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { configuringTests } from './keyboard/configuring.ts';
import { Desk } from './keyboard/desk.ts';
import { dialogTests } from './keyboard/dialogs.ts';
import { editingTests } from './keyboard/editing.ts';
import { focusingTests } from './keyboard/focusing.ts';
import { keepingTests } from './keyboard/keeping.ts';
import { movingTests } from './keyboard/moving.ts';
import { runningTests } from './keyboard/running.ts';
import { settlingTests } from './keyboard/settling.ts';
import { visitingTests } from './keyboard/visiting.ts';

/** Every task here is done with keys alone. */
describe.runIf(hasBrowser)('the app by keyboard alone', { timeout: 240_000 }, () => {
  let desk: Desk;
  const at = (): Desk => desk;

  beforeAll(async () => {
    desk = await Desk.open();
  }, 400_000);
  afterAll(async () => desk?.app.close());

  // what a test that failed left open
  beforeEach(async () => {
    for (let count = 0; count < 3 && (await desk.dialog().count()) > 0; count++) await desk.keys.press('Escape');
  });

  for (const tests of [
    editingTests,
    configuringTests,
    runningTests,
    keepingTests,
    settlingTests,
    visitingTests,
    movingTests,
    dialogTests,
    focusingTests,
  ]) {
    tests(at);
  }

  it('had the focus in sight all the way, and broke nothing', ({ expect }) => {
    expect([...desk.keys.unseen]).toEqual([]);
    expect(desk.app.faults.filter((text) => !/status of 4/.test(text))).toEqual([]);
  });
});
