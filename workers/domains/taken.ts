/** Whether a write was refused since the index over verified domains holds another tenant's. */
export const isTaken = (error: unknown): boolean =>
  /UNIQUE/i.test(`${String(error)} ${String((error as Error).cause)}`);
