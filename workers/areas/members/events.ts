import { z } from 'zod';
import { eventType } from '../../kit/contract.ts';

const Joined = z.strictObject({ user: z.string(), role: z.string() });
const Left = z.strictObject({ user: z.string() });
const RoleChanged = z.strictObject({ user: z.string(), from: z.string(), to: z.string() });

export const memberJoined = eventType('members.joined', 1, Joined);
/** Removed, or gone by themselves: what was theirs in the organisation should end. */
export const memberLeft = eventType('members.left', 1, Left);
export const memberRoleChanged = eventType('members.role-changed', 1, RoleChanged);
