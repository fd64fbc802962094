import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'rss-feed-read',
  title: 'RSS lesen',
  summary: 'Liest die Einträge eines RSS- oder Atom-Feeds.',
  fields: {
    'Names of other elements of the entries, separated by commas: media:thumbnail, georss:point.':
      'Namen weiterer Angaben der Einträge, durch Kommas getrennt: media:thumbnail, georss:point.',
    'Refused: certificates are always checked.': 'Abgelehnt: Zertifikate werden immer geprüft.',
  },
  failures: {
    "A feed cannot be read after '{}'.": 'Ein Feed lässt sich nach „{}“ nicht lesen.',
    'The parameter "URL" has to be set!': 'Der Parameter „URL“ muss gesetzt sein!',
    '"{}" is not the URL of a feed.': '„{}“ ist nicht die URL eines Feeds.',
    'It starts with https:// or http://.': 'Sie beginnt mit https:// oder http://.',
    'Certificates are always checked; turn "Ignore SSL issues" off.':
      'Zertifikate werden immer geprüft; schalten Sie „SSL-Fehler übergehen“ aus.',
    'Feed not recognized as RSS 1 or 2.': 'Der Feed ist weder RSS 1 noch 2.',
    'The answer is XML, but no feed. Look for the address of the feed in the page.':
      'Die Antwort ist XML, aber kein Feed. Suchen Sie auf der Seite die Adresse des Feeds.',
    'The feed has more than {} entries.': 'Der Feed hat mehr als {} Einträge.',
  },
});
