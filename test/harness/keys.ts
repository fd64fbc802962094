import type { Locator, Page } from 'playwright-core';

/** What is at the focus, and whether somebody who looks for it finds it. */
interface Stop {
  isThere: boolean;
  what: string;
  /** Its id in the page, which tells it from its like. */
  id: string;
  /** What hides it, or nothing. */
  unseen?: string;
}

const MOST_TABS = 150;

/** Somebody without a mouse: presses keys, types, and looks where the focus is. */
export class Keys {
  /** Stops at which the focus could not be seen. */
  readonly unseen = new Set<string>();
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async press(key: string, times = 1): Promise<void> {
    for (let count = 0; count < times; count++) await this.page.keyboard.press(key);
  }

  /** As a paste does: all at once. */
  async write(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** Puts another text in the box that has the focus. */
  async rewrite(text: string): Promise<void> {
    await this.press('Control+a');
    await this.write(text);
  }

  /** Presses a key, Tab unless said otherwise, until this has the focus. @throws Error when it is never reached. */
  async to(target: Locator, key = 'Tab', most = MOST_TABS): Promise<void> {
    await target.first().waitFor({ state: 'attached' });
    const passed: string[] = [];
    for (let count = 0; count <= most; count++) {
      const stop = await this.at(target);
      if (stop.isThere) return;
      passed.push(stop.what);
      await this.press(key);
    }
    throw new Error(`no amount of ${key} reaches ${String(target)}; passed ${passed.join(' | ')}`);
  }

  /** Goes there and presses Enter, or another key. */
  async hit(target: Locator, key = 'Enter', by = 'Tab'): Promise<void> {
    await this.to(target, by);
    await this.press(key);
  }

  /** Goes to a box and writes in it. */
  async fill(target: Locator, text: string, by = 'Tab'): Promise<void> {
    await this.to(target, by);
    await this.rewrite(text);
  }

  /** Opens a choice, types the beginning of an option, and takes it. */
  async choose(label: string | RegExp, option: string, by = 'Tab'): Promise<void> {
    const box = this.page.getByRole('button', { name: label }).and(this.page.locator('[aria-haspopup=listbox]'));
    await this.hit(box, 'Enter', by);
    const wanted = this.page.getByRole('option', { name: option, exact: true });
    await wanted.waitFor();
    await this.page.waitForFunction(() => document.activeElement?.matches('[role=option], [role=listbox]'));
    await this.page.keyboard.type(option);
    // letters that come slowly each begin a word of their own, which may stand below
    if (!(await this.at(wanted)).isThere) await this.press('Home');
    await this.hit(wanted, 'Enter', 'ArrowDown');
    await wanted.waitFor({ state: 'hidden' });
  }

  /** Opens a menu and takes an entry. */
  async take(button: Locator, entry: string | RegExp, by = 'Tab'): Promise<void> {
    await this.hit(button, 'Enter', by);
    const wanted = this.page.getByRole('menuitem', { name: entry });
    await wanted.waitFor();
    await this.page.waitForFunction(() => document.activeElement?.matches('[role=menuitem]'));
    await this.hit(wanted, 'Enter', 'ArrowDown');
  }

  /** Goes to a page or does something through the command palette. */
  async palette(text: string, option: string | RegExp): Promise<void> {
    await this.press('Control+k');
    await this.page.getByRole('searchbox', { name: 'Go to or do' }).and(this.page.locator(':focus')).waitFor();
    await this.write(text);
    await this.page.getByRole('option', { name: option }).first().waitFor();
    const wanted = this.page.getByRole('option', { name: option }).and(this.page.locator('[data-focused]'));
    for (let count = 0; (await wanted.count()) === 0; count++) {
      if (count > 20) throw new Error(`no amount of ArrowDown reaches ${String(option)}`);
      await this.press('ArrowDown');
    }
    await this.press('Enter');
    await this.page.getByRole('searchbox', { name: 'Go to or do' }).waitFor({ state: 'hidden' });
  }

  /** Whether one of these has the focus; what has it is looked at. Without a target the page is asked once, not thrice. */
  async at(target?: Locator): Promise<Stop> {
    const seen = (): Promise<Stop> => (target ? target.evaluateAll(look) : this.page.evaluate(look, []));
    let stop = await seen();
    // some mark what has the focus, or bring it into view, a moment later
    for (let count = 0; count < 5 && stop.unseen !== undefined; count++) {
      await this.page.waitForTimeout(100);
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      stop = await seen();
    }
    if (stop.unseen !== undefined) this.unseen.add(`${stop.unseen}: ${stop.what}`);
    return stop;
  }
}

/** Tabs through a page once around. @returns where the focus could not be seen; an error when it was caught. */
export async function lost(page: Page, most = MOST_TABS): Promise<string[]> {
  const keys = new Keys(page);
  let [before, same] = ['', 0];
  for (let count = 0; count < most; count++) {
    await keys.press('Tab');
    const { what, id } = await keys.at();
    if (what === '(the page)' && count > 0) break;
    // a date has seven stops of its own
    same = `${what} ${id}` === before ? same + 1 : 0;
    if (same > 8) return [...keys.unseen, `caught at ${what}`];
    before = `${what} ${id}`;
  }
  return [...keys.unseen];
}

/** Runs in the page. */
function look(wanted: Element[]): Stop {
  let here = document.activeElement;
  // the page itself shows where one is by being where it begins
  if (!here || here === document.body) return { isThere: false, what: '(the page)', id: '' };
  while (here.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
  const isThere = wanted.some((each) => each === here || each.shadowRoot?.contains(here) === true);
  const { id } = here;
  const said = here.textContent.trim().slice(0, 40);
  const what = `${here.outerHTML.replaceAll(/\s+(class|style|id)="[^"]*"|<svg.*?<\/svg>/g, '').slice(0, 120)} “${said}”`;
  const hosted: Element = here.getRootNode() instanceof ShadowRoot ? (here.getRootNode() as ShadowRoot).host : here;
  // a box that is drawn by its label's other children
  const box = here.getBoundingClientRect();
  const shown = box.width < 2 ? (here.closest('label') ?? here) : here;
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) {
    return { isThere, what, id, unseen: 'out of view' };
  }
  const [x0, x1] = [Math.max(left, 0), Math.min(right, innerWidth)];
  const [y0, y1] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const isOpen = [0.1, 0.5, 0.9].some((at) => {
    const found = document.elementFromPoint(x0 + (x1 - x0) * at, y0 + (y1 - y0) * at);
    return found !== null && (shown.contains(found) || hosted.contains(found) || found.contains(shown));
  });
  // a line is nowhere but where it runs
  if (!isOpen && !(here instanceof SVGGElement)) return { isThere, what, id, unseen: 'covered' };
  if (here.matches('main, [role=dialog]')) return { isThere, what, id };
  const isMarked = (element: Element): boolean => {
    const { outlineStyle, outlineWidth, outlineColor, strokeWidth } = getComputedStyle(element);
    // a line is thicker
    if (element instanceof SVGPathElement) return Number.parseFloat(strokeWidth) >= 3;
    return (
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && !/, 0\)|\/ 0\)|transparent/.test(outlineColor)
    );
  };
  const around = [
    here,
    here.parentElement,
    here.parentElement?.parentElement,
    hosted,
    hosted.parentElement,
    ...here.children,
    ...(here.closest('label')?.children ?? []),
  ];
  if (!around.some((each) => each && isMarked(each))) return { isThere, what, id, unseen: 'not marked' };
  return { isThere, what, id };
}
