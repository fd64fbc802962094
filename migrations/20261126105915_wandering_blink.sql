CREATE TABLE `run_shares` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`run` text NOT NULL,
	`secret_hash` text NOT NULL,
	`with_data` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `run_shares_by_run` ON `run_shares` (`tenant_id`,`run`);