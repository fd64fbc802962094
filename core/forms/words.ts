/** What is said of wrong answers, in the visitor's language. Each says what to do. */
export interface FaultWords {
  fill: string;
  chooseOne: string;
  chooseSome: string;
  chooseFile: string;
  oneFile: string;
  mostFiles(most: number): string;
  wrongType(name: string, accepted: string): string;
  hiddenLong: string;
  long(most: number): string;
  number: string;
  email: string;
  url: string;
  date: string;
  fromList: string;
  /** How many to choose; undefined: no limit on that side. */
  choose(least: number | undefined, most: number | undefined): string;
}

export const ENGLISH: FaultWords = {
  fill: 'Fill this in.',
  chooseOne: 'Choose one.',
  chooseSome: 'Choose at least one.',
  chooseFile: 'Choose a file.',
  oneFile: 'Choose one file.',
  mostFiles: (most) => `Choose at most ${most} files.`,
  wrongType: (name, accepted) => `${name} is not of an accepted type (${accepted}).`,
  hiddenLong: 'A hidden value is too long.',
  long: (most) => `Use at most ${most} characters.`,
  number: 'Enter a number, such as 12 or 3.5.',
  email: 'Enter an email address, such as name@example.com.',
  url: 'Enter an address that starts with https://.',
  date: 'Enter a date as year-month-day, such as 2026-03-31.',
  fromList: 'Choose from the list.',
  choose(least, most) {
    if (least !== undefined && least === most) return `Choose exactly ${least}.`;
    const parts = [
      ...(least === undefined ? [] : [`at least ${least}`]),
      ...(most === undefined ? [] : [`at most ${most}`]),
    ];
    return `Choose ${parts.join(' and ')}.`;
  },
};

export const GERMAN: FaultWords = {
  fill: 'Bitte ausfüllen.',
  chooseOne: 'Bitte eines auswählen.',
  chooseSome: 'Bitte mindestens eines auswählen.',
  chooseFile: 'Bitte eine Datei auswählen.',
  oneFile: 'Bitte nur eine Datei auswählen.',
  mostFiles: (most) => `Bitte höchstens ${most} Dateien auswählen.`,
  wrongType: (name, accepted) => `${name} ist keine der erlaubten Arten (${accepted}).`,
  hiddenLong: 'Ein verborgener Wert ist zu lang.',
  long: (most) => `Bitte höchstens ${most} Zeichen.`,
  number: 'Bitte eine Zahl eingeben, etwa 12 oder 3.5.',
  email: 'Bitte eine E-Mail-Adresse eingeben, etwa name@example.com.',
  url: 'Bitte eine Adresse eingeben, die mit https:// beginnt.',
  date: 'Bitte ein Datum als Jahr-Monat-Tag eingeben, etwa 2026-03-31.',
  fromList: 'Bitte aus der Liste auswählen.',
  choose(least, most) {
    if (least !== undefined && least === most) return `Bitte genau ${least} auswählen.`;
    const parts = [
      ...(least === undefined ? [] : [`mindestens ${least}`]),
      ...(most === undefined ? [] : [`höchstens ${most}`]),
    ];
    return `Bitte ${parts.join(' und ')} auswählen.`;
  },
};
