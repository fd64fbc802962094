import { document, step, type Template, wires } from '../template.ts';

export const template: Template = {
  title: { en: 'Turn CSV into JSON', de: 'CSV in JSON verwandeln' },
  summary: {
    en: 'A form takes a CSV file; its rows come out as items.',
    de: 'Ein Formular nimmt eine CSV-Datei; ihre Zeilen kommen als Elemente heraus.',
  },
  document: document(
    'CSV to JSON',
    [
      step(
        ['Form', 'form-trigger', 2.5],
        {
          formTitle: 'CSV to JSON',
          formFields: {
            values: [
              {
                fieldLabel: 'File',
                fieldType: 'file',
                acceptFileTypes: '.csv',
                multipleFiles: false,
                requiredField: true,
              },
            ],
          },
          options: { path: 'csv' },
        },
        [0],
      ),
      step(['Rows', 'extract-from-file', 1.1], { operation: 'csv', binaryPropertyName: 'File', options: {} }, [1]),
      step(['At most a hundred', 'limit', 1], { maxItems: 100 }, [2]),
    ],
    wires(['Form', 'Rows'], ['Rows', 'At most a hundred']),
    'Publish it and open the form. What follows the rows is up to you.',
  ),
};
