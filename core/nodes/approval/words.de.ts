import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'approval',
  title: 'Genehmigung',
  summary: 'Hält den Lauf an, bis jemand zustimmt oder ablehnt: im Eingang oder unter `{{ $execution.resumeUrl }}`.',
  fields: {
    'What is asked': 'Wonach gefragt wird',
    Details: 'Einzelheiten',
    'May hold HTML; it is sanitised.': 'Darf HTML enthalten; es wird bereinigt.',
    'Who decides': 'Wer entscheidet',
    'link: whoever has the address, and members. members: only people signed in who may answer runs.':
      'Mit dem Link: wer die Adresse hat, und Mitglieder. Nur Mitglieder: Angemeldete, die Läufe beantworten dürfen.',
    'Limit the wait (then it is declined)': 'Warten begrenzen (danach ist es abgelehnt)',
  },
  options: { link: 'Mit dem Link', members: 'Nur Mitglieder' },
});
