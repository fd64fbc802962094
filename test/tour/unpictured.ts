import { chain, manual, node, set } from '../served/documents.ts';
import { heading, type State } from './states.ts';

/** States that are looked at by tests and stand in no picture. */
export const UNPICTURED: readonly Omit<State, 'text'>[] = [
  {
    name: 'import-first',
    title: 'The import, before anything is given',
    async open(page, app) {
      await page.goto(`${app.ready.url}/workflows?import=1`);
      await heading('Import workflows')(page);
    },
  },
  {
    name: 'palette-button',
    title: 'The palette as its button opens it',
    async open(page, app) {
      await page.goto(`${app.ready.url}/runs`);
      await heading('Runs')(page);
      await page.getByRole('button', { name: /^Search/ }).press('Enter');
      await page.getByRole('dialog').getByRole('option').first().waitFor();
    },
  },
  {
    name: 'expression',
    title: 'An expression while it is completed',
    async open(page, app) {
      const made = chain('Greet', [manual(), set('greet', { who: '' })]);
      const pinned = [{ node: 'start', items: [{ json: { customer: { name: 'Ada' } } }] }];
      const id = await app.workflow({ ...made, pinned });
      await page.goto(`${app.ready.url}/workflows/${id}#node=greet`);
      await page.getByRole('button', { name: 'fx who =' }).press('Enter');
      await page.locator('.cm-content').waitFor();
      await page.getByRole('textbox', { name: 'who =' }).focus();
      await page.keyboard.type('Hi {{ $json.');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'files',
    title: 'Files of a run, previewed',
    async open(page, app) {
      const file = node('file', 'convert-to-file', 1.1, {
        operation: 'toText',
        sourceProperty: 'text',
        options: { fileName: '={{ $json.name }}', mimeType: '={{ $json.type }}' },
      });
      const id = await app.workflow(chain('Files', [manual(), file]));
      await page.goto(`${app.ready.url}/runs/${await app.run(id, { input: FILES })}`);
      await page.getByRole('list', { name: 'Timeline' }).getByRole('button').last().click();
      await page.getByRole('radio', { name: 'Files' }).last().press('Enter');
      const rows = page.getByRole('list', { name: 'Result of file' }).getByRole('listitem');
      await rows.nth(FILES.length - 1).waitFor();
      for (const { name } of FILES) {
        await rows.filter({ hasText: name }).getByRole('button', { name: 'Preview' }).press('Enter');
      }
      await rows.getByRole('cell', { name: 'Ada' }).waitFor();
      await rows.frameLocator('iframe').frameLocator('iframe').getByRole('heading', { name: 'A page' }).waitFor();
    },
  },
  {
    name: 'far',
    title: 'Many steps from afar',
    async open(page, app) {
      const nodes = Array.from({ length: 240 }, (_, index) =>
        node(
          `n${index}`,
          index === 0 ? 'manual' : 'no-op',
          1,
          {},
          {
            position: [(index % 20) * 260, Math.floor(index / 20) * 120],
          },
        ),
      );
      const id = await app.workflow(chain('Many', nodes));
      await page.goto(`${app.ready.url}/workflows/${id}`);
      await page.locator('.react-flow__node').first().waitFor();
      await page.getByRole('button', { name: 'Fit View' }).click();
      await page.locator('.react-flow__viewport canvas').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'offline',
    title: 'Nothing answers',
    async open(page, app) {
      await page.goto(`${app.ready.url}/workflows`);
      await heading('Workflows')(page);
      await page.context().setOffline(true);
      await page.getByText('Millrace does not answer').waitFor();
    },
  },
  {
    name: 'branded',
    title: '[PAG21] A form in the colours of its organisation',
    async open(page, app) {
      await app.api('PATCH', '/v1/organization', { branding: { title: 'Ours', accent: '#ffcc00' } });
      await page.goto(`${app.ready.url}/forms/${app.ready.tenant}/repair`);
      await page.getByText('Ours', { exact: true }).waitFor();
    },
  },
];

const FILES = [
  { name: 'page.html', type: 'text/html', text: '<h1>A page</h1><p>Of a stranger.</p>' },
  { name: 'rows.csv', type: 'text/csv', text: 'name,note\nAda,first\n' },
  { name: 'data.json', type: 'application/json', text: '{"a":{"b":[1,null,"x"]}}' },
  { name: 'notes.txt', type: 'text/plain', text: 'Plain words.' },
];
