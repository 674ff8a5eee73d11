CREATE TABLE "usage_months" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "usage_months_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"month" text NOT NULL,
	"use" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "noise_levels" (
	"cluster_id" text NOT NULL,
	"span_minutes" smallint NOT NULL,
	"minute" integer NOT NULL,
	"entries" jsonb NOT NULL,
	"cut" boolean NOT NULL,
	CONSTRAINT "noise_levels_cluster_id_span_minutes_minute_pk" PRIMARY KEY("cluster_id","span_minutes","minute")
);
--> statement-breakpoint
CREATE TABLE "price_sets" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "price_sets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"region" text NOT NULL,
	"prices" jsonb NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "usage_months_month" ON "usage_months" USING btree ("month","tenant_id");--> statement-breakpoint
CREATE INDEX "usage_months_tenant" ON "usage_months" USING btree ("tenant_id","month");--> statement-breakpoint
CREATE TRIGGER "price_sets_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "price_sets" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "usage_months_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "usage_months" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
