import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'execute-workflow-trigger',
  title: 'Wenn ein Ablauf dies ausführt',
  summary: 'Startet, wenn ein anderer Ablauf diesen ausführt.',
  fields: {
    Input: 'Eingabe',
    'What other workflows give; without any field it takes whatever comes.':
      'Was andere Abläufe geben; ohne Felder nimmt er, was kommt.',
    Example: 'Beispiel',
  },
  options: {
    workflowInputs: 'Genannte Felder',
    jsonExample: 'JSON-Beispiel',
    passthrough: 'Alles, was kommt',
    any: 'Beliebig',
    object: 'Objekt',
  },
});
