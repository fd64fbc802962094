/** Kind of what is dragged out of the data: an expression that reads it, as text. */
export const DRAGGED = 'application/x-millrace-expression';
