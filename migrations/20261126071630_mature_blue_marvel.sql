CREATE TABLE `credential_vouchers` (
	`tenant_id` text NOT NULL,
	`workflow_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`voucher` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `workflow_id`, `credential_id`)
);
