CREATE TABLE `folders` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`project_id` text NOT NULL,
	`parent_id` text,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `folders_by_project` ON `folders` (`tenant_id`,`project_id`,`parent_id`);--> statement-breakpoint
CREATE TABLE `placements` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`resource_id` text NOT NULL,
	`project_id` text NOT NULL,
	`folder_id` text,
	PRIMARY KEY(`tenant_id`, `kind`, `resource_id`)
);
--> statement-breakpoint
CREATE INDEX `placements_by_project` ON `placements` (`tenant_id`,`project_id`,`kind`,`folder_id`);--> statement-breakpoint
CREATE TABLE `projects` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `tags` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`resource_id` text NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `kind`, `resource_id`, `tag`)
);
--> statement-breakpoint
CREATE INDEX `tags_by_tag` ON `tags` (`tenant_id`,`tag`,`kind`);