import { childPath, type Entry } from '../ssh/files.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `-rw-r--r--  1 ada users  5 Jan  2 10:30 name`, with a year instead of the time for old files. */
const UNIX =
  /^([bcdlps-])([r-][w-][xsStT-])([r-][w-][xsStT-])([r-][w-][xsStT-])\S*\s+\d+\s+(\S+)\s+(\S+)\s+(\d+)\s+(\w{3})\s+(\d{1,2})\s+(?:(\d{1,2}):(\d{2})|(\d{4}))\s(.+)$/;
/** `01-02-26  10:30AM  <DIR>  name`. */
const DOS = /^(\d{2})-(\d{2})-(\d{2,4})\s+(\d{1,2}):(\d{2})\s*([AP]M)?\s+(<DIR>|\d+)\s+(.+)$/i;

/** Reads what LIST answers. Lines that are no entries (`total 12`) are left out, and so are `.` and `..`. */
export function readListing(text: string, folder: string, nowMs = Date.now()): Entry[] {
  return text
    .split(/\r?\n/)
    .map((line) => unixEntry(line, folder, nowMs) ?? dosEntry(line, folder))
    .filter((entry) => entry !== undefined)
    .filter(({ name }) => name !== '.' && name !== '..');
}

function unixEntry(line: string, folder: string, nowMs: number): Entry | undefined {
  const match = UNIX.exec(line);
  if (!match) return undefined;
  const [, kind = '-', user = '', group = '', other = '', owner = '', team = '', size = '0', month = ''] = match;
  const [day, hour = '0', minute = '0', year, given = ''] = match.slice(9);
  const at = MONTHS.indexOf(month.toLowerCase());
  const name = kind === 'l' ? (given.split(' -> ')[0] ?? given) : given;
  const right = (text: string): string => text.replaceAll('-', '');
  return {
    name,
    path: childPath(folder, name),
    type: kind === 'd' ? 'd' : kind === 'l' ? 'l' : '-',
    size: Number(size),
    modifyTimeMs: moment({ year, month: at, day, hour, minute }, nowMs),
    owner,
    group: team,
    rights: { user: right(user), group: right(group), other: right(other) },
  };
}

/** Without a year it was within the last twelve months. The server's zone is not said; UTC is what most use. */
function moment(
  when: { year: string | undefined; month: number; day: string | undefined; hour: string; minute: string },
  nowMs: number,
): number {
  const { month, day = '1', hour, minute } = when;
  const thisYear = new Date(nowMs).getUTCFullYear();
  const ms = Date.UTC(Number(when.year ?? thisYear), month, Number(day), Number(hour), Number(minute));
  const dayMs = 86_400_000;
  if (when.year !== undefined || ms <= nowMs + dayMs) return ms;
  return Date.UTC(thisYear - 1, month, Number(day), Number(hour), Number(minute));
}

function dosEntry(line: string, folder: string): Entry | undefined {
  const [, month, day, year = '', hour = '', minute, half, size = '', name = ''] = DOS.exec(line) ?? [];
  if (month === undefined) return undefined;
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  const hours = (Number(hour) % (half ? 12 : 24)) + (half?.toUpperCase() === 'PM' ? 12 : 0);
  return {
    name,
    path: childPath(folder, name),
    type: size.toUpperCase() === '<DIR>' ? 'd' : '-',
    size: size.toUpperCase() === '<DIR>' ? 0 : Number(size),
    modifyTimeMs: Date.UTC(full, Number(month) - 1, Number(day), hours, Number(minute)),
  };
}
