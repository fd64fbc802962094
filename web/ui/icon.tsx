/** Line icons on a 16-unit grid, drawn here: one family, a few bytes each. */
const PATHS = {
  flow: 'M2.5 4h4v3h-4zM9.5 9h4v3h-4zM6.5 5.5h2a2 2 0 0 1 2 2V9',
  run: 'M4.5 3v10l8-5z',
  settings:
    'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4',
  plus: 'M8 3v10M3 8h10',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.5 10.5l3 3',
  close: 'M4 4l8 8M12 4l-8 8',
  upload: 'M8 11V3M4.5 6L8 2.5 11.5 6M3 13.5h10',
  download: 'M8 3v8M4.5 8L8 11.5 11.5 8M3 13.5h10',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6',
  redo: 'M10.5 3l3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h4',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  layout: 'M2.5 6h3v4h-3zM10.5 2.5h3v4h-3zM10.5 9.5h3v4h-3zM5.5 8h2.5V4.5h2.5M8 8v3.5h2.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  down: 'M4.5 6.5L8 10l3.5-3.5',
  back: 'M9.5 3.5L5 8l4.5 4.5',
  key: 'M5 8a3 3 0 1 0 0 .01M8 8h5.5v2.5M11 8v2',
  note: 'M3 2.5h10v7l-4 4H3zM13 9.5H9v4',
  retry: 'M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3',
  stop: 'M4 4h8v8H4z',
  expand: 'M9.5 3H13v3.5M13 3L9 7M6.5 13H3V9.5M3 13l4-4',
  shrink: 'M13 6.5H9.5V3M9.5 6.5L13 3M3 9.5h3.5V13M6.5 9.5L3 13',
  code: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5M9 3L7 13',
  bell: 'M3.5 11.5h9l-1-2V7a3.5 3.5 0 0 0-7 0v2.5zM6.5 13.5a1.5 1.5 0 0 0 3 0',
  pause: 'M5 3.5v9M11 3.5v9',
} as const;

export type IconName = keyof typeof PATHS;
export const ICON_NAMES = Object.keys(PATHS) as IconName[];

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
