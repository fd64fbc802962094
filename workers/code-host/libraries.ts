/** A package that code may require. Its text enters an isolate only when the code mentions it. */
interface Library {
  mentions: RegExp;
  /** CommonJS text. */
  load(): Promise<{ TEXT: string }>;
}

/** By the name to require. scripts/serve/code-host-libraries.ts writes the texts. */
export const LIBRARIES: Readonly<Record<string, Library>> = {
  cheerio: { mentions: /\bcheerio\b/, load: () => import('./libraries/cheerio.generated.ts') },
  dayjs: { mentions: /\bdayjs\b/, load: () => import('./libraries/dayjs.generated.ts') },
  jmespath: { mentions: /jmes_?path/i, load: () => import('./libraries/jmespath.generated.ts') },
  lodash: { mentions: /\blodash\b/, load: () => import('./libraries/lodash.generated.ts') },
  luxon: {
    mentions: /\$now|\$today|DateTime|Duration|Interval|luxon/,
    load: () => import('./libraries/luxon.generated.ts'),
  },
  moment: { mentions: /\bmoment\b/, load: () => import('./libraries/moment.generated.ts') },
  uuid: { mentions: /['"`]uuid['"`]/, load: () => import('./libraries/uuid.generated.ts') },
};

export const librariesOf = (code: string): string[] =>
  Object.entries(LIBRARIES)
    .filter(([, { mentions }]) => mentions.test(code))
    .map(([name]) => name);
