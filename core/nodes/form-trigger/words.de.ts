import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'form-trigger',
  title: 'Formular-Auslöser',
  summary: 'Startet, wenn jemand sein Formular absendet.',
  fields: {
    'Who may see and submit the form.': 'Wer das Formular sehen und absenden darf.',
    'Text or simple HTML below the title.': 'Text oder einfaches HTML unter dem Titel.',
    'When the form is submitted, when the run finishes, or with what a Respond node says.':
      'Sobald das Formular abgesandt ist, wenn der Lauf endet, oder mit dem, was ein Antwort-Schritt sagt.',
    'Last part of the form’s address.': 'Letzter Teil der Adresse des Formulars.',
    'After submitting': 'Nach dem Absenden',
    '`{"respondWith": "text", "formSubmittedText": "Thanks"}`, or "redirect" and a "redirectUrl".':
      '`{"respondWith": "text", "formSubmittedText": "Danke"}`, oder "redirect" und eine "redirectUrl".',
    Show: 'Zeigen',
    'Go to': 'Gehen zu',
    'Times in the workflow’s zone': 'Zeiten in der Zone des Ablaufs',
    'Otherwise `submittedAt` is in UTC.': 'Sonst ist `submittedAt` in UTC.',
    'Say what made the form': 'Sagen, womit das Formular gemacht ist',
  },
});
