CREATE TABLE `credentials` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`domains` text NOT NULL,
	`fields` text NOT NULL,
	`secrets` text NOT NULL,
	`key_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `credentials_by_name` ON `credentials` (`tenant_id`,`type`,`name`);--> statement-breakpoint
CREATE TABLE `vault_keys` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`wrapped_by` text NOT NULL,
	`wrapped` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
