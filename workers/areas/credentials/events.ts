import { z } from 'zod';
import { eventType } from '../../kit/contract.ts';

/** The tenant has a newer data key: what older ones seal is to be sealed anew. */
export const keyRotated = eventType('credentials.key-rotated', 1, z.strictObject({ key: z.string() }));
