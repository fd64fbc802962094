/** Kind of what is dragged out of the data: an expression that reads it, as text. */
export const DRAGGED = 'application/x-millrace-expression';
/** A type of step that is dragged from the list of all. */
export const STEP_TYPE = 'application/x-millrace-step';
