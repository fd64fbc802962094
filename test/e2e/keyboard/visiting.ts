import { it } from 'vitest';
import { Keys } from '../../harness/keys.ts';
import { chain, node, set } from '../../served/documents.ts';
import type { Desk } from './desk.ts';

const options = (...all: string[]) => ({ values: all.map((option) => ({ option })) });
const FORM = node('First', 'form-trigger', 2.3, {
  formTitle: 'Order',
  options: { path: 'order' },
  formFields: {
    values: [
      { fieldLabel: 'Name', requiredField: true },
      { fieldLabel: 'Size', fieldType: 'dropdown', fieldOptions: options('S', 'M') },
      { fieldLabel: 'Way', fieldType: 'radio', fieldOptions: options('Post', 'Train') },
      { fieldLabel: 'Extras', fieldType: 'checkbox', fieldOptions: options('Bow', 'Card') },
    ],
  },
});
const SECOND = node('Second', 'form', 2.3, {
  formFields: { values: [{ fieldLabel: 'Why', fieldType: 'textarea', requiredField: true }] },
  options: { formTitle: '=Thanks so far, {{ $json.Name }}' },
});
const ASK = node('Ask', 'approval', 1, { title: "=Send to {{ $('First').item.json.Name }}?" });
const TALK = node('Chat', 'chat-trigger', 1.3, { public: true }, { webhookId: 'talk' });

/** The pages that a workflow shows to whoever it concerns. */
export function visitingTests(at: () => Desk): void {
  it('fills a form of two pages, decides an approval by its link and talks, as a visitor', async ({ expect }) => {
    const { app } = at();
    for (const document of [
      chain('Order', [FORM, SECOND, ASK]),
      chain('Talk', [TALK, set('say', { output: '=You said {{ $json.chatInput }}' })]),
    ]) {
      await app.api('POST', `/v1/workflows/${await app.workflow(document)}/publish`);
    }
    const visitor = await (await app.browser.newContext({ locale: 'en-GB' })).newPage();
    visitor.setDefaultTimeout(20_000);
    const keys = new Keys(visitor);
    const submit = visitor.getByRole('button', { name: 'Submit' });
    await visitor.goto(`${app.ready.url}/forms/${app.ready.tenant}/order`);
    await keys.hit(submit);
    await keys.hit(visitor.getByRole('link', { name: /^Name: / }));
    await keys.fill(visitor.getByLabel('Name'), 'Ada');
    await keys.to(visitor.getByLabel('Size'));
    await visitor.keyboard.type('M');
    await keys.hit(visitor.getByLabel('Post'), 'Space');
    await keys.press('ArrowDown');
    await keys.hit(visitor.getByLabel('Card'), 'Space');
    await keys.hit(submit);
    await visitor.getByRole('heading', { name: 'Thanks so far, Ada' }).waitFor();
    await keys.fill(visitor.getByLabel('Why'), 'a birthday');
    await keys.hit(submit);
    await visitor.getByText('We have your answers').waitFor();
    const run = new URL(visitor.url()).pathname.split('/')[3] ?? '';
    const { resumeUrls, nodes } = (await app.api('GET', `/v1/runs/${run}`)) as {
      resumeUrls: { url: string }[];
      nodes: { outputs: { json: object }[][] }[];
    };
    expect(nodes[0]?.outputs[0]?.[0]?.json).toMatchObject({ Name: 'Ada', Size: 'M', Way: 'Train', Extras: ['Card'] });
    expect(nodes[1]?.outputs[0]?.[0]?.json).toMatchObject({ Why: 'a birthday' });
    await visitor.goto(new URL(resumeUrls[0]?.url ?? '', app.ready.url).href);
    await visitor.getByRole('heading', { name: 'Send to Ada?' }).waitFor();
    await keys.hit(visitor.getByRole('radio').first(), 'Space');
    await keys.hit(visitor.getByRole('button', { name: 'Send' }));
    await visitor.getByRole('heading', { name: 'Approved' }).waitFor();
    await visitor.goto(`${app.ready.url}/chats/${app.ready.tenant}/talk`);
    await keys.to(visitor.getByLabel('Message'));
    await keys.write('hello');
    await keys.press('Enter');
    await visitor.getByText('You said hello').waitFor();
    expect([...keys.unseen]).toEqual([]);
    await visitor.context().close();
  });
}
