CREATE TABLE `hook_domains` (
	`tenant_id` text NOT NULL,
	`domain` text NOT NULL,
	`token` text NOT NULL,
	`verified_at` integer,
	`method` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `domain`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hook_domains_verified` ON `hook_domains` (`domain`) WHERE verified_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `hook_domains_by_domain` ON `hook_domains` (`domain`);