CREATE TABLE `scim_groups` (
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`id` text NOT NULL,
	`display_name` text NOT NULL,
	`external_id` text,
	`resource` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `connection_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `scim_groups_by_name` ON `scim_groups` (`tenant_id`,`connection_id`,`display_name`);--> statement-breakpoint
CREATE TABLE `scim_members` (
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`group_id` text NOT NULL,
	`member_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `connection_id`, `group_id`, `member_id`)
);
--> statement-breakpoint
CREATE INDEX `scim_members_by_member` ON `scim_members` (`tenant_id`,`connection_id`,`member_id`);--> statement-breakpoint
CREATE TABLE `scim_users` (
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`id` text NOT NULL,
	`user_name` text NOT NULL,
	`external_id` text,
	`user_id` text,
	`active` integer NOT NULL,
	`resource` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `connection_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scim_users_by_name` ON `scim_users` (`tenant_id`,`connection_id`,`user_name`);--> statement-breakpoint
CREATE INDEX `scim_users_by_external` ON `scim_users` (`tenant_id`,`connection_id`,`external_id`);--> statement-breakpoint
CREATE INDEX `scim_users_by_person` ON `scim_users` (`tenant_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `sso_assertions` (
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`id` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `connection_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `sso_assertions_by_end` ON `sso_assertions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sso_connections` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`enabled` integer NOT NULL,
	`settings` text NOT NULL,
	`secret` text NOT NULL,
	`secret_key` text NOT NULL,
	`mappings` text NOT NULL,
	`default_role` text,
	`provision` integer NOT NULL,
	`scim_hash` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `sso_connections_by_scim` ON `sso_connections` (`tenant_id`,`scim_hash`);--> statement-breakpoint
CREATE TABLE `sso_flows` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`connection_id` text NOT NULL,
	`browser` text NOT NULL,
	`facts` text NOT NULL,
	`return_to` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `sso_flows_by_end` ON `sso_flows` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sso_identities` (
	`tenant_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `connection_id`, `issuer`, `subject`)
);
--> statement-breakpoint
CREATE INDEX `sso_identities_by_user` ON `sso_identities` (`tenant_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `sso_sessions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`connection_id` text NOT NULL,
	`user_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sso_sessions_by_token` ON `sso_sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sso_sessions_by_user` ON `sso_sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sso_sessions_by_end` ON `sso_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sso_domains` (
	`tenant_id` text NOT NULL,
	`domain` text NOT NULL,
	`token` text NOT NULL,
	`enforced` integer NOT NULL,
	`verified_at` integer,
	`method` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `domain`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sso_domains_verified` ON `sso_domains` (`domain`) WHERE verified_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sso_domains_by_domain` ON `sso_domains` (`domain`);