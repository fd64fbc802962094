import type { Locator, Page } from 'playwright-core';
import { Keys } from '../../harness/keys.ts';
import { WebApp } from '../../harness/web-app.ts';

export interface Stored {
  nodes: {
    name: string;
    type: string;
    position: [number, number];
    parameters: Record<string, unknown>;
    group?: string;
    disabled?: boolean;
  }[];
  edges: object[];
  notes: { text: string; color?: number }[];
  groups?: { name: string }[];
  pinned: { items: { json: object }[] }[];
}

/** The app, and somebody at it who has no mouse: no element is clicked, filled or focused by these tests. */
export class Desk {
  readonly app: WebApp;
  readonly page: Page;
  readonly keys: Keys;
  private constructor(app: WebApp, page: Page) {
    this.app = app;
    this.page = page;
    this.keys = new Keys(page);
  }

  static async open(): Promise<Desk> {
    const app = await WebApp.open({ viewport: { width: 1440, height: 900 } });
    return new Desk(app, app.page);
  }

  /** Somebody else at another page of the same app. */
  static at(app: WebApp, page: Page): Desk {
    return new Desk(app, page);
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  region(name: string | RegExp): Locator {
    return this.page.getByRole('region', { name });
  }

  /** A step on the canvas. */
  card(name: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${name},`) });
  }

  row(name: string): Locator {
    return this.page.getByRole('rowheader', { name });
  }

  closed(): Promise<void> {
    return this.dialog().waitFor({ state: 'hidden' });
  }

  /** Leaves a dialog by Escape, once the focus is in it: a button that works has none for a moment. */
  async dismiss(): Promise<void> {
    await this.isFocused(this.dialog().or(this.dialog().locator('*')));
    await this.keys.press('Escape');
    await this.closed();
  }

  /** Saves a dialog, which goes away. */
  async save(): Promise<void> {
    await this.keys.hit(this.button('Save', this.dialog()));
    await this.closed();
  }

  /** Waits until this has the focus by itself. */
  isFocused(target: Locator): Promise<void> {
    return target.and(this.page.locator(':focus')).waitFor();
  }

  /** The page of this heading, through the palette. */
  async open(text: string, option: RegExp, heading: string): Promise<void> {
    await this.keys.palette(text, option);
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** The document of the workflow that is open, once it is saved. */
  async stored(): Promise<Stored> {
    await this.page.getByText('Saved', { exact: true }).waitFor();
    const id = /workflows\/(wf_\w+)/.exec(this.page.url())?.[1] ?? '';
    return (await this.app.api('GET', `/v1/workflows/${id}`))['document'] as unknown as Stored;
  }

  /** Adds a step by the letter A; it has the focus then. */
  async add(text: string, name: string): Promise<void> {
    await this.keys.press('a');
    await this.page.getByRole('searchbox', { name: 'Search steps' }).waitFor();
    await this.keys.write(text);
    await this.page
      .getByRole('option', { name: new RegExp(`^${name}`) })
      .and(this.page.locator('[data-focused]'))
      .waitFor();
    await this.keys.press('Enter');
    await this.closed();
    await this.isFocused(this.card(name));
  }
}
