import { chain, node, set } from '../served/documents.ts';
import type { WebApp } from '../harness/web-app.ts';

const choices = (...options: string[]) => ({ values: options.map((option) => ({ option })) });

/** Pages that people see who are no members: a form, and a chat that answers in Markdown. */
export async function publishPages(app: WebApp): Promise<void> {
  const form = node('form', 'form-trigger', 2.3, {
    formTitle: 'Order a repair',
    formDescription: 'We answer within a day.',
    options: { path: 'repair' },
    formFields: {
      values: [
        { fieldLabel: 'Your name', requiredField: true },
        { fieldLabel: 'Your mail', fieldType: 'email', requiredField: true },
        { fieldLabel: 'What is broken', fieldType: 'radio', fieldOptions: choices('Brake', 'Gears') },
        { fieldLabel: 'Pictures', fieldType: 'file', acceptFileTypes: 'image/*' },
      ],
    },
  });
  const chat = node('chat', 'chat-trigger', 1.3, {
    public: true,
    initialMessages: 'Hello! Ask about your order.',
    options: { title: 'Shop desk', subtitle: 'Answers at any time.' },
  });
  const answer =
    'Order **18** is on its way:\n\n1. packed on Monday\n2. at the post since *Tuesday*\n\nSee `order 18`.';
  const pages = [
    chain('Repairs', [form, set('note', { open: true })]),
    chain('Desk', [{ ...chat, webhookId: 'desk' }, set('say', { output: answer })]),
  ];
  for (const page of pages) await app.api('POST', `/v1/workflows/${await app.workflow(page)}/publish`);
}
