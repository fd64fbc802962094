/** What the pages that forms and chats are look like (`workers/pages/style.ts`), as far as their preview shows it. */
export const PAGE_COLOURS = {
  light: { ground: '#f2f6f7', card: '#ffffff', ink: '#14212b', line: '#c3ced5', edge: '#72838e', accent: '#0b6e6e' },
  dark: { ground: '#0f171c', card: '#17222a', ink: '#e6eef2', line: '#40525d', edge: '#7d919d', accent: '#4fc3bd' },
} as const;
