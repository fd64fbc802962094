/** What showdown reads and CommonMark does not, rewritten before the text is parsed. */
interface Dialect {
  /** `#Heading` without a blank is none. */
  headingsNeedBlank: boolean;
  /** `![alt](url =100x80)` */
  imageSizes: boolean;
  /** `:smile:` */
  emoji: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const TIGHT_HEADING = /^(#{1,6})(?=[^#\s])/;
const SIZED_IMAGE =
  /!\[([^\][\n]{0,500})\]\(([^\s()]{1,2000}) {1,9}=(\d{1,5}(?:%|px|em)?|\*)x(\d{1,5}(?:%|px|em)?|\*)\)/g;
const EMOJI_NAME = /:([a-z0-9_+-]{1,30}):/g;

const EMOJI: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '+1': '👍',
    '-1': '👎',
    bell: '🔔',
    bug: '🐛',
    bulb: '💡',
    calendar: '📆',
    clap: '👏',
    coffee: '☕️',
    cry: '😢',
    email: '✉️',
    exclamation: '❗️',
    eyes: '👀',
    fire: '🔥',
    gift: '🎁',
    grin: '😁',
    heart: '❤️',
    heavy_check_mark: '✔️',
    hourglass: '⌛️',
    information_source: 'ℹ️',
    joy: '😂',
    key: '🔑',
    laughing: '😆',
    link: '🔗',
    lock: '🔒',
    mag: '🔍',
    memo: '📝',
    moneybag: '💰',
    muscle: '💪',
    no_entry: '⛔️',
    ok: '🆗',
    ok_hand: '👌',
    package: '📦',
    point_right: '👉',
    pray: '🙏',
    pushpin: '📌',
    question: '❓',
    rocket: '🚀',
    rotating_light: '🚨',
    smile: '😄',
    smiley: '😃',
    sob: '😭',
    sparkles: '✨',
    star: '⭐️',
    sunglasses: '😎',
    tada: '🎉',
    thinking: '🤔',
    thumbsup: '👍',
    thumbsdown: '👎',
    warning: '⚠️',
    wave: '👋',
    white_check_mark: '✅',
    wink: '😉',
    x: '❌',
    zap: '⚡️',
  }),
);

export function prepared(markdown: string, dialect: Dialect): string {
  let fence = '';
  return markdown
    .split('\n')
    .map((line) => {
      const mark = FENCE.exec(line)?.[1];
      if (mark !== undefined && (fence === '' || (mark.startsWith(fence.charAt(0)) && mark.length >= fence.length))) {
        fence = fence === '' ? mark : '';
        return line;
      }
      return fence === '' ? preparedLine(line, dialect) : line;
    })
    .join('\n');
}

function preparedLine(line: string, { headingsNeedBlank, imageSizes, emoji }: Dialect): string {
  let made = headingsNeedBlank ? line : line.replace(TIGHT_HEADING, '$1 ');
  if (imageSizes) {
    made = made.replace(SIZED_IMAGE, (_whole, alt: string, url: string, width: string, height: string) => {
      const size = (name: string, value: string): string => (value === '*' ? '' : ` ${name}="${value}"`);
      return `<img src="${attribute(url)}" alt="${attribute(alt)}"${size('width', width)}${size('height', height)} />`;
    });
  }
  return emoji ? made.replace(EMOJI_NAME, (whole, name: string) => EMOJI.get(name) ?? whole) : made;
}

const attribute = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
