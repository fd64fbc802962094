import { z } from 'zod';
import { eventType } from '../../kit/contract.ts';

/** An organisation is to be deleted now. The cron finds it too; the event only makes it soon. */
export const organizationDue = eventType('organization.due', 1, z.strictObject({ at: z.number().int() }));
