ALTER TABLE "api_tokens" ADD COLUMN "created_by_id" text;--> statement-breakpoint
ALTER TABLE "login_sessions" ADD COLUMN "proven_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD COLUMN "created_by_id" text;