/** Where the deployment's keys come from: the one that wraps, and while it is being exchanged those before it. */
export interface KeySource {
  DEPLOYMENT_KEY?: string;
  /** Separated by commas or white space. They open what was wrapped under them, and wrap nothing. */
  DEPLOYMENT_KEYS_OLD?: string;
}

/** The keys before. */
export const oldKeysOf = ({ DEPLOYMENT_KEYS_OLD = '' }: KeySource): string[] =>
  DEPLOYMENT_KEYS_OLD.split(/[\s,]+/).filter((text) => text !== '');
