/** The one form of an R2 key for a run's file: the tenant leads, the id is ours. */
export const fileKey = (tenant: string, id: string): string => `t/${tenant}/bin/${id}`;
