import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'chat-trigger',
  title: 'Chat-Auslöser',
  summary: 'Startet bei jeder Nachricht eines Chats und antwortet darauf.',
  fields: {
    'Publicly available': 'Öffentlich erreichbar',
    'A page of its own, or only an address for a chat embedded elsewhere.':
      'Eine eigene Seite, oder nur eine Adresse für einen anderswo eingebetteten Chat.',
    'First messages': 'Erste Nachrichten',
    'One a line.': 'Eine je Zeile.',
    Answer: 'Antwort',
    Subtitle: 'Untertitel',
    'Take files': 'Dateien annehmen',
    'Types of files': 'Arten von Dateien',
    'Load earlier messages': 'Frühere Nachrichten laden',
  },
  options: { hostedChat: 'Eigene Seite', responseNodes: 'Mit Antwort-Schritten', notSupported: 'Nein' },
});
