import type { Page } from 'playwright-core';

/** What hostile content would do if it could: dialogs, violations of the policy, requests to elsewhere, in any frame. */
export class Canary {
  readonly fired: string[] = [];

  /** Watches a page from its next load on; `home` is the only origin it may talk to. */
  static async on(page: Page, home: string): Promise<Canary> {
    const canary = new Canary();
    await page.exposeFunction('canary', (text: string) => void canary.fired.push(text));
    await page.addInitScript(() => {
      const { canary: tell } = globalThis as unknown as { canary: (text: string) => void };
      for (const name of ['alert', 'confirm', 'prompt', 'print']) {
        Object.defineProperty(globalThis, name, { value: () => tell(`${name} at ${location.pathname}`) });
      }
      document.addEventListener('securitypolicyviolation', (event) =>
        tell(`${event.violatedDirective} refused ${event.blockedURI} ${event.sample} at ${location.pathname}`),
      );
    });
    page.on('dialog', (dialog) => {
      // the editor's own, when somebody leaves before a change is stored
      const isLeaving = dialog.type() === 'beforeunload';
      if (!isLeaving) canary.fired.push(`dialog ${dialog.message()}`);
      // it may be gone with its page by then
      (isLeaving ? dialog.accept() : dialog.dismiss()).catch(() => undefined);
    });
    const left = (url: string): boolean => !/^(data|blob|about):/.test(url) && !url.startsWith(home);
    page.on('requestfinished', (request) => left(request.url()) && canary.fired.push(request.url()));
    page.on('requestfailed', (request) => {
      // what a policy or the rule of one origin stops never leaves, although the browser tells of it as a request
      const isStopped = /^(csp|origin)$|ERR_BLOCKED_BY_CSP/.test(request.failure()?.errorText ?? '');
      if (!isStopped && left(request.url())) canary.fired.push(request.url());
    });
    return canary;
  }
}
