/** What the address of the list of workflows says besides its path. */
export interface WorkflowsSearch {
  /** The import dialog is open. */
  import?: 1;
}

export const workflowsSearch = (search: Record<string, unknown>): WorkflowsSearch =>
  search.import === undefined ? {} : { import: 1 };
