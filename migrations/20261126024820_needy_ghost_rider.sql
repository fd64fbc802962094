CREATE TABLE `erasures` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`receipt` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`claimed_until` integer DEFAULT 0 NOT NULL,
	`finished_at` integer,
	`removed` text NOT NULL,
	`certificate` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `erasures_receipt_unique` ON `erasures` (`receipt`);--> statement-breakpoint
CREATE INDEX `erasures_by_due` ON `erasures` (`finished_at`,`due_at`);