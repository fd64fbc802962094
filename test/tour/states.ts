import type { Page } from 'playwright-core';
import type { WebApp } from '../harness/web-app.ts';
import type { World } from './world.ts';

/** One picture of the tour: what it is called, what to say of it, how to get there. */
export interface State {
  name: string;
  title: string;
  text: string;
  open(page: Page, app: WebApp, world: World): Promise<void>;
}

const go =
  (path: (world: World) => string, ready: (page: Page) => Promise<unknown>) =>
  async (page: Page, app: WebApp, world: World): Promise<void> => {
    await page.goto(app.ready.url + path(world));
    await ready(page);
  };
/** Waits for a heading. */
export const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name }).first().waitFor();
const drawn = (page: Page) => page.locator('.react-flow__node').first().waitFor();

export const STATES: readonly State[] = [
  {
    name: 'sign-in',
    title: 'Sign in',
    text: 'With a password, a link by mail, a passkey, single sign-on or an API key.',
    open: (page) => page.getByRole('heading', { name: 'Sign in' }).waitFor(),
  },
  {
    name: 'workflows',
    title: 'Workflows',
    text: 'Where they lie, their tags, the latest runs of each as bars, who made them and when they changed.',
    open: go(
      () => '/workflows',
      (page) => page.getByRole('link', { name: 'Orders to invoices' }).waitFor(),
    ),
  },
  {
    name: 'bulk',
    title: 'Many at once',
    text: 'Move, tag, publish, export or delete what is selected; what could not be done is said by name.',
    async open(page, app, world) {
      await go(
        () => '/workflows',
        (here) => here.getByRole('link', { name: 'Weekly report' }).waitFor(),
      )(page, app, world);
      for (const name of ['Weekly report', 'Nightly contact sync']) {
        await page.getByRole('checkbox', { name: `Select ${name}` }).check();
      }
    },
  },
  {
    name: 'templates',
    title: 'Templates',
    text: 'Each runs as it is, without an account anywhere.',
    open: go(() => '/workflows?templates=1', heading('Templates')),
  },
  {
    name: 'import',
    title: 'Import from n8n, Make or Zapier',
    text: 'By file, paste or drop; the report says what became of every node and what to connect.',
    async open(page, app, world) {
      await go(() => '/workflows?import=1', heading('Import workflows'))(page, app, world);
      await page.getByRole('textbox', { name: 'JSON or curl command' }).fill(JSON.stringify(IMPORTED));
      await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
      await heading('What was imported')(page);
    },
  },
  {
    name: 'editor',
    title: 'The editor',
    text: 'A workflow as a drawing. Everything here also works by keyboard.',
    open: go(({ order }) => `/workflows/${order}`, drawn),
  },
  {
    name: 'parameters',
    title: 'Parameters of a step',
    text: 'Drawn from what the step says of itself; expressions are tried on real data.',
    async open(page, app, world) {
      // from another page: a step in the address is opened when the editor is
      await go(() => '/runs', heading('Runs'))(page, app, world);
      await go(({ order }) => `/workflows/${order}#node=invoice`, drawn)(page, app, world);
      await page.getByRole('tab', { name: 'Parameters' }).waitFor();
    },
  },
  {
    name: 'outline',
    title: 'The outline',
    text: 'The same workflow as a list, for keyboards and screen readers.',
    async open(page, app, world) {
      await go(({ order }) => `/workflows/${order}`, drawn)(page, app, world);
      await page.getByRole('button', { name: 'Outline' }).click();
      await page.getByRole('list', { name: 'Outline' }).waitFor();
    },
  },
  {
    name: 'groups',
    title: 'Groups',
    text: 'Steps under a name and a colour; collapsed they are one card.',
    async open(page, app, world) {
      await go(({ order }) => `/workflows/${order}`, drawn)(page, app, world);
      await page.locator('.group-head').click({ position: { x: 150, y: 12 } });
      await page.getByRole('region', { name: 'Group Invoice' }).waitFor();
    },
  },
  {
    name: 'code',
    title: 'Code that knows its data',
    text: 'Completion by what the last run gave, through variables, loops and functions.',
    async open(page, app, world) {
      await go(() => '/runs', heading('Runs'))(page, app, world);
      await go(({ order }) => `/workflows/${order}#node=tax`, drawn)(page, app, world);
      await page.locator('.cm-gutters').waitFor();
      await page.getByRole('textbox', { name: 'JavaScript' }).focus();
      // all of it: the other theme's picture was saved
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText('const [first] = $input.all();\nfirst.json\nreturn first;');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('End');
      await page.keyboard.type('.');
      // what the run gave may come only now: whoever sees nothing asks again
      const first = page.getByRole('option').first();
      for (let tries = 0; tries < 8 && !(await first.isVisible()); tries++) {
        await first.waitFor({ timeout: 2_000 }).catch(() => page.keyboard.press('Control+Space'));
      }
      await first.waitFor();
    },
  },
  {
    name: 'versions',
    title: 'Versions',
    text: 'Where each is live, what changed between two, going back, and promoting to another environment.',
    open: go(
      ({ order }) => `/workflows/${order}/versions?older=1&newer=2`,
      (page) => page.getByRole('region', { name: 'Add tax' }).waitFor(),
    ),
  },
  {
    name: 'runs',
    title: 'Runs',
    text: 'Live, narrowed by status, workflow, trigger, version, time, duration or text; the address holds the filters.',
    open: go(
      () => '/runs',
      (page) => page.getByRole('table', { name: 'Runs' }).waitFor(),
    ),
  },
  {
    name: 'runs-filtered',
    title: 'Only what failed in the last day',
    text: 'A link to this list shows the same to whoever may see it.',
    open: go(
      () => '/runs?status=error&period=24h',
      (page) => page.getByRole('table', { name: 'Runs' }).waitFor(),
    ),
  },
  {
    name: 'run',
    title: 'A run',
    text: 'On its drawing, as a waterfall of steps, and with the items that went in and came out.',
    open: go(({ good }) => `/runs/${good}`, drawn),
  },
  {
    name: 'failure',
    title: 'Why it failed',
    text: 'The message, the item, the expression, and the way to the step.',
    async open(page, app, world) {
      await go(({ failed }) => `/runs/${failed}`, drawn)(page, app, world);
      await page.getByText('Expression that failed').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'compare',
    title: 'Two runs compared',
    text: 'Steps, items and durations side by side; what differs is named.',
    async open(page, app, world) {
      await go(({ good, other }) => `/runs/${good}/compare?with=${other}`, heading('This run'))(page, app, world);
      await page
        .getByRole('list', { name: 'Two runs compared' })
        .getByRole('button', { name: /Write invoice/ })
        .click();
    },
  },
  {
    name: 'inbox',
    title: 'Waiting for people',
    text: 'Approvals, calls that are awaited, and effects in doubt after a machine was lost.',
    open: go(
      () => '/runs/inbox',
      (page) => page.getByRole('button', { name: 'Approve' }).waitFor(),
    ),
  },
  {
    name: 'approval',
    title: 'Approve from a link',
    text: 'A page without a script; whoever has the address can answer, once.',
    async open(page, app, world) {
      const { resumeUrls } = (await app.api('GET', `/v1/runs/${world.approval}`)) as { resumeUrls: [{ url: string }] };
      await page.goto(`${new URL(resumeUrls[0].url, app.ready.url).href}?decision=Approve`);
      await page.getByRole('radio', { name: 'Approve' }).waitFor();
    },
  },
  {
    name: 'share',
    title: 'Show a run to others',
    text: 'A link for people who are no members: read-only, for some days, revoked at once.',
    async open(page, app, world) {
      await go(({ good }) => `/runs/${good}`, drawn)(page, app, world);
      await page.getByRole('button', { name: 'Share…' }).click();
      await page.getByRole('heading', { name: 'Show this run to others' }).waitFor();
    },
  },
  {
    name: 'shared-run',
    title: 'A shared run',
    text: 'What a stranger sees: states and times of the steps, and items only if that was said.',
    async open(page, app, world) {
      const { url } = await app.api('POST', `/v1/runs/${world.good}/shares`, { withData: true });
      await page.goto(String(url));
      await page.getByText('1 item', { exact: true }).nth(2).click();
    },
  },
  {
    name: 'form',
    title: 'A form',
    text: 'Made from a workflow. Without a script, in the language of who reads it; what is wrong stands at its question.',
    async open(page, app) {
      await page.goto(`${app.ready.url}/forms/${app.ready.tenant}/repair`);
      await page.getByLabel('Your mail').fill('ada at example');
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'chat',
    title: 'A chat',
    text: 'A page or a frame in yours; answers are drawn, never run.',
    async open(page, app) {
      await page.goto(`${app.ready.url}/chats/${app.ready.tenant}/desk`);
      await page.getByLabel('Message').fill('Where is order 18?');
      await page.keyboard.press('Enter');
      await page.getByText('at the post since').waitFor();
    },
  },
  {
    name: 'palette',
    title: 'Go anywhere',
    text: 'Ctrl K: pages, workflows and actions by typing.',
    async open(page, app, world) {
      await go(() => '/runs', heading('Runs'))(page, app, world);
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox', { name: 'Go to or do' }).fill('o');
    },
  },
  {
    name: 'members',
    title: 'Members and invitations',
    text: 'Lists and forms are made from the contracts of the API; what the server finds wrong stands at its field.',
    open: go(() => '/settings/members', heading('Invitations')),
  },
  {
    name: 'roles',
    title: 'Roles',
    text: 'A role is chosen area by area; nobody gives more than they have.',
    async open(page, app, world) {
      await go(() => '/settings/roles', heading('Roles'))(page, app, world);
      await page.getByRole('button', { name: 'New role' }).click();
      await page.getByRole('checkbox', { name: 'runs:read read' }).check();
    },
  },
  {
    name: 'single-sign-on',
    title: 'Single sign-on',
    text: 'OpenID Connect, SAML or LDAP, by a form that fits the kind.',
    async open(page, app, world) {
      await go(() => '/settings/sso', heading('Identity providers'))(page, app, world);
      await page.getByRole('button', { name: 'Connect a provider' }).click();
      await page.getByRole('dialog').getByLabel('Issuer').waitFor();
    },
  },
  {
    name: 'credentials',
    title: 'Credentials',
    text: 'Stored once for all workflows, shared with whom you choose. Secrets go in and never come out.',
    open: go(
      () => '/settings/credentials',
      (page) => page.getByRole('rowheader', { name: 'Shop API' }).waitFor(),
    ),
  },
  {
    name: 'branding',
    title: 'Your own look',
    text: 'Name, colours and logo of forms and chats, shown as they will be before they are saved.',
    async open(page, app, world) {
      await go(() => '/settings/organization', heading('General'))(page, app, world);
      await page.getByLabel('Accent colour, light', { exact: true }).fill('#7a3e9d');
      await page.getByLabel('Accent colour, dark', { exact: true }).fill('#c79be0');
      await page.getByRole('group', { name: 'How forms will look' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'usage',
    title: 'Usage',
    text: 'What was used of which limit, and over time by hour or day.',
    open: go(
      () => '/settings/usage',
      (page) => page.locator('.uplot').waitFor(),
    ),
  },
  {
    name: 'audit',
    title: 'The audit log',
    text: 'Changes first, reads on demand. Every record is chained to the one before; a search is an address to send on.',
    open: go(
      () => '/settings/audit?action=variables.*',
      (page) => page.getByRole('table', { name: 'Audit log' }).waitFor(),
    ),
  },
  {
    name: 'first-call',
    title: 'For developers',
    text: 'Where the API is, how to get in, a first call in four languages, and what answers look like.',
    async open(page, app, world) {
      await go(() => '/developers', heading('Begin'))(page, app, world);
      await page.getByRole('searchbox', { name: 'Find an endpoint' }).fill('egress');
    },
  },
  {
    name: 'developers',
    title: 'The API, with your own ids',
    text: 'What each endpoint takes and answers, examples in four languages, and a form to try it.',
    open: go(
      () => '/developers/workflows.get',
      (page) => page.getByText('workflows/wf_').first().waitFor(),
    ),
  },
  {
    name: 'account',
    title: 'Your account',
    text: 'Password, second factor, passkeys, and where you are signed in.',
    open: go(() => '/account', heading('Your account')),
  },
  {
    name: 'notices',
    title: 'Notifications',
    text: 'Runs that failed and limits that were reached while nobody looked.',
    open: go(() => '/notices', heading('Notifications')),
  },
  {
    name: 'design',
    title: 'The design system',
    text: 'Colours, type, shapes and every building block alive, on a page of the app itself.',
    open: go(() => '/design', heading('Design system')),
  },
  {
    name: 'no-access',
    title: 'A link to somebody else’s run',
    text: 'Says nothing of the run, and whom to ask.',
    open: go(() => '/runs/run_0_zzz_0', heading(/This run is not/)),
  },
  {
    name: 'no-match',
    title: 'Nothing matches',
    text: 'Filters that find nothing say so, and clear with one press.',
    open: go(
      () => '/runs?text=nothing+says+this',
      (page) => page.getByText('No run matches').waitFor(),
    ),
  },
];

const IMPORTED = {
  name: 'Leads to CRM',
  nodes: [
    { name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters: { path: 'leads' }, position: [0, 0] },
    {
      name: 'Enrich',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      parameters: {
        url: 'https://api.example/',
        authentication: 'genericCredentialType',
        genericAuthType: 'httpHeaderAuth',
      },
      credentials: { httpHeaderAuth: { id: '7', name: 'Enrichment' } },
      position: [200, 0],
    },
    { name: 'Store', type: 'n8n-nodes-base.hubspot', typeVersion: 2, parameters: {}, position: [400, 0] },
  ],
  connections: {
    Form: { main: [[{ node: 'Enrich', type: 'main', index: 0 }]] },
    Enrich: { main: [[{ node: 'Store', type: 'main', index: 0 }]] },
  },
};
