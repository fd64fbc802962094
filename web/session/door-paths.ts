/** The pages that people see before they are in. Everything else is where they want to go. */
export const DOOR_PATHS = ['/sign-in', '/sign-in/key', '/sign-in/link', '/sign-up', '/forgot', '/reset'] as const;
export type DoorPath = (typeof DOOR_PATHS)[number];
