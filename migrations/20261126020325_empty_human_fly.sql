CREATE TABLE `grants` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`principal_kind` text NOT NULL,
	`principal_id` text NOT NULL,
	`role` text NOT NULL,
	`on_kind` text NOT NULL,
	`on_id` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `grants_by_principal` ON `grants` (`tenant_id`,`principal_kind`,`principal_id`);--> statement-breakpoint
CREATE INDEX `grants_by_place` ON `grants` (`tenant_id`,`on_kind`,`on_id`);--> statement-breakpoint
CREATE TABLE `roles` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_by_name` ON `roles` (`tenant_id`,`name`);--> statement-breakpoint
CREATE TABLE `service_accounts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_accounts_by_name` ON `service_accounts` (`tenant_id`,`name`);