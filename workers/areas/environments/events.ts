import { z } from 'zod';
import { eventType } from '../../kit/contract.ts';

/** An environment is gone; what other areas kept for it can go too. */
export const environmentRemoved = eventType('environment.removed', 1, z.strictObject({ name: z.string() }));
