/** What the address of the list of workflows says besides its path. */
export interface WorkflowsSearch {
  /** The import dialog is open. */
  import?: 1;
  /** The templates are open. */
  templates?: 1;
  text?: string;
  /** `project:ID` or `folder:ID`. */
  place?: string;
  tag?: string;
  /** Whether it takes triggers in the environment that is chosen. */
  state?: 'live' | 'draft';
}

/** What of it becomes otherwise; nothing at all takes it away. */
export type WorkflowsChange = { [Name in keyof WorkflowsSearch]: WorkflowsSearch[Name] | undefined };

const TEXTS = ['text', 'place', 'tag'] as const;

export const workflowsSearch = (search: Record<string, unknown>): WorkflowsSearch => ({
  ...(search.import === undefined ? {} : { import: 1 }),
  ...(search.templates === undefined ? {} : { templates: 1 }),
  ...(search.state === 'live' || search.state === 'draft' ? { state: search.state } : {}),
  ...Object.fromEntries(
    TEXTS.map((name) => [name, typeof search[name] === 'number' ? String(search[name]) : search[name]]).filter(
      ([, value]) => typeof value === 'string' && value !== '',
    ),
  ),
});

/** The filters alone, as the API takes them. */
export function narrowingOf({ text, place, tag, state }: WorkflowsSearch) {
  const [kind, id] = [place?.slice(0, place.indexOf(':')), place?.slice(place.indexOf(':') + 1)];
  return {
    ...(text === undefined ? {} : { text }),
    ...(tag === undefined ? {} : { tag }),
    ...(state === undefined ? {} : { state }),
    ...(kind === 'project' ? { project: id } : {}),
    ...(kind === 'folder' ? { folder: id } : {}),
  } as { text?: string; tag?: string; state?: 'live' | 'draft'; project?: string; folder?: string };
}

/** The two versions that are compared; `draft` or a number. */
export const versionsSearch = (search: Record<string, unknown>): { older?: string; newer?: string } =>
  Object.fromEntries(
    (['older', 'newer'] as const)
      .map((name) => [name, String(search[name] ?? '')])
      .filter(([, value]) => /^(draft|[1-9][0-9]{0,8})$/.test(value ?? '')),
  );
