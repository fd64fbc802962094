const en = {
  name: 'Name',
  type: 'Service',
  state: 'State',
  states: { ready: 'Ready', unfinished: 'Nobody signed in', reconnect: 'Sign in again' },
  changed: 'Changed',
  anywhere: 'Anywhere',
  sharedWith: 'Who may use it',
  everybody: 'Everybody',
  some: (count: number) => (count === 1 ? '1 chosen, and owners' : `${count} chosen, and owners`),
  choose: 'What is it for?',
  find: 'Find a service',
  noType: 'No service of that name. “Header Auth” or “Bearer Auth” fit most others.',
  seal: 'Key that seals them',
  sealLead: (count: number) =>
    `Secrets are encrypted with a key of this organisation. ${count === 1 ? '1 credential is' : `${count} credentials are`} sealed with it.`,
  sealLeft: (count: number) => `${count} still have to be sealed anew.`,
  sealSince: 'In use since',
  sealAgain: 'Change the key',
  sealGoOn: 'Go on',
  sealTitle: 'Change the key?',
  sealText: 'Every credential is sealed anew with a fresh key. Workflows go on meanwhile.',
};

const de: typeof en = {
  name: 'Name',
  type: 'Dienst',
  state: 'Zustand',
  states: { ready: 'Bereit', unfinished: 'Niemand angemeldet', reconnect: 'Neu anmelden' },
  changed: 'Geändert',
  anywhere: 'Überallhin',
  sharedWith: 'Wer sie benutzen darf',
  everybody: 'Alle',
  some: (count) => (count === 1 ? '1 Auswahl, und Eigentümer' : `${count} ausgewählt, und Eigentümer`),
  choose: 'Wofür?',
  find: 'Dienst suchen',
  noType: 'Kein Dienst dieses Namens. „Header Auth“ oder „Bearer Auth“ passen für die meisten anderen.',
  seal: 'Schlüssel, der sie versiegelt',
  sealLead: (count) =>
    `Geheimnisse sind mit einem Schlüssel dieser Organisation verschlüsselt; ${count === 1 ? 'einmal Zugangsdaten sind' : `${count} Zugangsdaten sind`} damit versiegelt.`,
  sealLeft: (count) => `${count} sind noch neu zu versiegeln.`,
  sealSince: 'In Gebrauch seit',
  sealAgain: 'Schlüssel wechseln',
  sealGoOn: 'Fortsetzen',
  sealTitle: 'Den Schlüssel wechseln?',
  sealText: 'Alle Zugangsdaten werden mit einem frischen Schlüssel neu versiegelt. Abläufe gehen dabei weiter.',
};

export const TEXTS = { en, de };
