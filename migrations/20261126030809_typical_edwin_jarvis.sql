CREATE TABLE `credential_bindings` (
	`tenant_id` text NOT NULL,
	`environment` text NOT NULL,
	`credential_id` text NOT NULL,
	`uses_id` text,
	PRIMARY KEY(`tenant_id`, `environment`, `credential_id`)
);
