/** A refusal as the API words it: `ApiError` of the client. */
export interface Refused {
  message: string;
  title?: string | undefined;
  hint: string | undefined;
  errors: readonly { pointer: string; message: string }[];
}

/** The same for whoever reads the page. */
export interface Refusal {
  text: string;
  hint: string | undefined;
  faults: { pointer: string; text: string }[];
}

/** `['You do not have {}.', 'Das haben Sie nicht: {}.']`; `{2}` stands for the second value where their order changes. */
export type Sentence = readonly [said: string, ours: string];

/** Hints that name addresses, headers and fields are for programs: pages have buttons for the same. */
const FOR_PROGRAMS =
  /\b(GET|POST|PUT|PATCH|DELETE) [/{]|\.json\b|\.md\b|application\/|If-Match|Authorization|Retry-After|milliseconds since|[cC]ursor|DEPLOYMENT_KEY|PUBLIC_URL|"allowMissing"|\{"|`/;
export const isForPrograms = (hint: string): boolean => FOR_PROGRAMS.test(hint);

export type Translate = (said: string) => string | undefined;

/** Finds the sentence a text was made from and fills its values in; values that are sentences themselves as well. */
export function translator(sentences: readonly Sentence[]): Translate {
  const whole = new Map(sentences.filter(([said]) => !said.includes('{}')));
  const patterns = sentences
    .filter(([said]) => said.includes('{}'))
    // what says most of itself is tried first: `{} is none.` fits nearly anything
    .sort(([a], [b]) => b.replaceAll('{}', '').length - a.replaceAll('{}', '').length)
    .map(([said, ours]) => [new RegExp(`^${said.split('{}').map(escaped).join('(.+?)')}$`, 's'), ours] as const);
  const translate = (said: string, depth: number): string | undefined => {
    const known = whole.get(said);
    if (known !== undefined || said.length > 2_000) return known;
    for (const [pattern, ours] of patterns) {
      const values = pattern.exec(said)?.slice(1);
      const shown = (value: string): string => (depth > 0 ? translate(value, depth - 1) : undefined) ?? value;
      if (values) return filled(ours, values, shown);
    }
    return undefined;
  };
  return (said) => translate(said, 1);
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

function filled(ours: string, values: readonly string[], shown: (value: string) => string): string {
  let next = 0;
  return ours.replaceAll(/\{(\d?)\}/g, (_, place: string) =>
    shown(values[place === '' ? next++ : Number(place) - 1] ?? ''),
  );
}

/** What to show of a refusal. A text nobody has put into this language is shown as it came, under its title if that is known. */
export function refusalBy(translate: Translate, translateCheck: Translate): (error: Refused) => Refusal {
  const words = (said: string): string | undefined => translate(said) ?? translateCheck(said);
  return ({ message, title, hint, errors }) => {
    const text = words(message);
    const titled = text === undefined && title !== undefined && title !== message ? words(title) : undefined;
    const told = hint === undefined ? undefined : (words(hint) ?? (isForPrograms(hint) ? undefined : hint));
    return {
      text: text ?? titled ?? message,
      hint: titled === undefined ? told : [message, told].filter(Boolean).join(' '),
      faults: errors.map((each) => ({ pointer: each.pointer, text: words(each.message) ?? each.message })),
    };
  };
}
