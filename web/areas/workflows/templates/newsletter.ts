import { document, fields, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'Write a newsletter in Markdown', de: 'Einen Rundbrief in Markdown schreiben' },
  summary: {
    en: 'A form takes Markdown and gives the HTML a mail step would send.',
    de: 'Ein Formular nimmt Markdown und gibt das HTML, das ein E-Mail-Schritt verschickt.',
  },
  document: document(
    'Newsletter',
    [
      step(
        ['Form', 'form-trigger', 2.5],
        {
          formTitle: 'Newsletter',
          formFields: {
            values: [
              { fieldLabel: 'Subject', requiredField: true },
              { fieldLabel: 'Text', fieldType: 'textarea', requiredField: true },
            ],
          },
          options: { path: 'newsletter' },
        },
        [0],
      ),
      step(
        ['To HTML', 'markdown', 1],
        { mode: 'markdownToHtml', markdown: '={{ $json.Text }}', destinationKey: 'html', options: {} },
        [1],
      ),
      step(
        ['Mail', 'set', 3.4],
        fields({ subject: '={{ $json.Subject }}', characters: '={{ $json.html.length }}' }),
        [2],
      ),
    ],
    wires(['Form', 'To HTML'], ['To HTML', 'Mail']),
    'Put a Send Email step in the place of Mail once you have an account to send from.',
  ),
};
