/** Path → content tag. */
export type Seen = ReadonlyMap<string, string>;

export interface Change {
  event: 'add' | 'change' | 'unlink' | 'addDir' | 'unlinkDir';
  path: string;
}

/** What happened between two looks at a folder; folders are there while files are in them. */
export function changesBetween(before: Seen, after: Seen): Change[] {
  const changes: Change[] = [];
  const [oldFolders, folders] = [foldersOf(before), foldersOf(after)];
  for (const path of folders) if (!oldFolders.has(path)) changes.push({ event: 'addDir', path });
  for (const [path, tag] of after) {
    const known = before.get(path);
    if (known === undefined) changes.push({ event: 'add', path });
    else if (known !== tag) changes.push({ event: 'change', path });
  }
  for (const path of before.keys()) if (!after.has(path)) changes.push({ event: 'unlink', path });
  for (const path of oldFolders) if (!folders.has(path)) changes.push({ event: 'unlinkDir', path });
  return changes;
}

function foldersOf(files: Seen): Set<string> {
  const folders = new Set<string>();
  for (const path of files.keys()) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) folders.add(path.slice(0, at));
  }
  return folders;
}
