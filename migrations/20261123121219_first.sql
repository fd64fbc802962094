CREATE TABLE `hello_notes` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `hello_notes_by_age` ON `hello_notes` (`tenant_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `shards` (
	`tenant_id` text NOT NULL,
	`shard` integer NOT NULL,
	`next_due` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `shard`)
);
--> statement-breakpoint
CREATE INDEX `shards_by_due` ON `shards` (`next_due`);--> statement-breakpoint
CREATE TABLE `tenants` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`touched_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tenants_by_touch` ON `tenants` (`touched_at`);--> statement-breakpoint
CREATE TABLE `workflow_versions` (
	`tenant_id` text NOT NULL,
	`workflow_id` text NOT NULL,
	`version` integer NOT NULL,
	`doc` text NOT NULL,
	`created_at` integer NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `workflow_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `workflows` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`draft` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `workflows_by_change` ON `workflows` (`tenant_id`,`updated_at`,`id`);