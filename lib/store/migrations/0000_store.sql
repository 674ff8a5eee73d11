CREATE TABLE "offset_history" (
	"cluster_id" text NOT NULL,
	"topic" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"points" "bytea" NOT NULL,
	CONSTRAINT "offset_history_cluster_id_topic_pk" PRIMARY KEY("cluster_id","topic")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"cluster_id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"format" integer NOT NULL,
	"payload" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conditions" (
	"episode" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "conditions_episode_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"rule" text NOT NULL,
	"subject" text NOT NULL,
	"tenant_id" text,
	"cluster_id" text,
	"severity" text NOT NULL,
	"label" text NOT NULL,
	"sentence" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"acknowledged_by" text,
	"acknowledged_until" timestamp with time zone,
	"acknowledged_reason" text
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text,
	"fence" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_log" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"sha256" text NOT NULL,
	"counts" jsonb NOT NULL,
	"registry_version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"tenant_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"stream" text NOT NULL,
	"position" integer NOT NULL,
	"model" text NOT NULL,
	"topics" jsonb NOT NULL,
	"groups" jsonb NOT NULL,
	"principals" jsonb NOT NULL,
	"client_ids" jsonb NOT NULL,
	"record" jsonb,
	"record_value" text,
	"share" double precision,
	CONSTRAINT "placements_tenant_id_cluster_id_stream_pk" PRIMARY KEY("tenant_id","cluster_id","stream")
);
--> statement-breakpoint
CREATE TABLE "registry_version" (
	"id" integer PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_principals" (
	"cluster_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"note" text,
	CONSTRAINT "service_principals_cluster_id_kind_name_pk" PRIMARY KEY("cluster_id","kind","name")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"tier_id" text NOT NULL,
	"requirements" jsonb
);
--> statement-breakpoint
CREATE TABLE "tiers" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"model" text NOT NULL,
	"promise" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rollup_five_minutes" (
	"series_id" integer NOT NULL,
	"minute" integer NOT NULL,
	"produce_bytes" double precision,
	"produce_max_bytes_per_second" real,
	"produce_max_quota_use" real,
	"produce_worst_broker_id" integer,
	"produce_max_throttle_ms" real,
	"produce_flags" smallint,
	"produce_seen" smallint,
	"produce_limited" smallint,
	"produce_near" smallint,
	"produce_throttle_known" smallint,
	"produce_throttled" smallint,
	"produce_below_promise" smallint,
	"produce_promise_known" smallint,
	"produce_above_promise" smallint,
	"produce_histogram0" bigint,
	"produce_histogram1" bigint,
	"produce_histogram2" bigint,
	"consume_bytes" double precision,
	"consume_max_bytes_per_second" real,
	"consume_max_quota_use" real,
	"consume_worst_broker_id" integer,
	"consume_max_throttle_ms" real,
	"consume_flags" smallint,
	"consume_seen" smallint,
	"consume_limited" smallint,
	"consume_near" smallint,
	"consume_throttle_known" smallint,
	"consume_throttled" smallint,
	"consume_below_promise" smallint,
	"consume_promise_known" smallint,
	"consume_above_promise" smallint,
	"consume_histogram0" bigint,
	"consume_histogram1" bigint,
	"consume_histogram2" bigint,
	"lag_seen" smallint,
	"lag_judged" smallint,
	"lag_missed" smallint,
	"lag_max_records" bigint,
	"lag_max_ms" bigint,
	"storage_bytes" bigint,
	CONSTRAINT "rollup_five_minutes_series_id_minute_pk" PRIMARY KEY("series_id","minute")
) PARTITION BY RANGE ("minute");
--> statement-breakpoint
CREATE TABLE "rollup_hours" (
	"series_id" integer NOT NULL,
	"minute" integer NOT NULL,
	"produce_bytes" double precision,
	"produce_max_bytes_per_second" real,
	"produce_max_quota_use" real,
	"produce_worst_broker_id" integer,
	"produce_max_throttle_ms" real,
	"produce_flags" smallint,
	"produce_seen" smallint,
	"produce_limited" smallint,
	"produce_near" smallint,
	"produce_throttle_known" smallint,
	"produce_throttled" smallint,
	"produce_below_promise" smallint,
	"produce_promise_known" smallint,
	"produce_above_promise" smallint,
	"produce_histogram0" bigint,
	"produce_histogram1" bigint,
	"produce_histogram2" bigint,
	"consume_bytes" double precision,
	"consume_max_bytes_per_second" real,
	"consume_max_quota_use" real,
	"consume_worst_broker_id" integer,
	"consume_max_throttle_ms" real,
	"consume_flags" smallint,
	"consume_seen" smallint,
	"consume_limited" smallint,
	"consume_near" smallint,
	"consume_throttle_known" smallint,
	"consume_throttled" smallint,
	"consume_below_promise" smallint,
	"consume_promise_known" smallint,
	"consume_above_promise" smallint,
	"consume_histogram0" bigint,
	"consume_histogram1" bigint,
	"consume_histogram2" bigint,
	"lag_seen" smallint,
	"lag_judged" smallint,
	"lag_missed" smallint,
	"lag_max_records" bigint,
	"lag_max_ms" bigint,
	"storage_bytes" bigint,
	CONSTRAINT "rollup_hours_series_id_minute_pk" PRIMARY KEY("series_id","minute")
) PARTITION BY RANGE ("minute");
--> statement-breakpoint
CREATE TABLE "rollup_minutes" (
	"series_id" integer NOT NULL,
	"minute" integer NOT NULL,
	"broker_ids" integer[],
	"produce_bytes_per_second" real,
	"produce_flags" smallint,
	"produce_quota_use" real,
	"produce_worst_broker_id" integer,
	"produce_rates" real[],
	"produce_quotas" real[],
	"produce_throttle_ms" real[],
	"consume_bytes_per_second" real,
	"consume_flags" smallint,
	"consume_quota_use" real,
	"consume_worst_broker_id" integer,
	"consume_rates" real[],
	"consume_quotas" real[],
	"consume_throttle_ms" real[],
	"lag_records" bigint,
	"lag_ms" bigint,
	"lag_missed" smallint,
	"storage_bytes" bigint,
	CONSTRAINT "rollup_minutes_series_id_minute_pk" PRIMARY KEY("series_id","minute")
) PARTITION BY RANGE ("minute");
--> statement-breakpoint
CREATE TABLE "rollup_pending" (
	"cluster_id" text NOT NULL,
	"span_minutes" smallint NOT NULL,
	"minute" integer NOT NULL,
	"touched" integer NOT NULL,
	CONSTRAINT "rollup_pending_cluster_id_span_minutes_minute_pk" PRIMARY KEY("cluster_id","span_minutes","minute")
);
--> statement-breakpoint
CREATE TABLE "rollup_series" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rollup_series_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cluster_id" text NOT NULL,
	"tenant_id" text NOT NULL,
	"since_minute" integer NOT NULL,
	CONSTRAINT "rollup_series_clusterId_tenantId_unique" UNIQUE("cluster_id","tenant_id")
);
--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_tier_id_tiers_id_fk" FOREIGN KEY ("tier_id") REFERENCES "public"."tiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conditions_open" ON "conditions" USING btree ("key") WHERE "conditions"."until" is null;--> statement-breakpoint
CREATE INDEX "conditions_until" ON "conditions" USING btree ("until");--> statement-breakpoint
CREATE INDEX "rollup_series_tenant_id_index" ON "rollup_series" USING btree ("tenant_id");--> statement-breakpoint
ALTER TABLE "snapshots" ALTER COLUMN "payload" SET STORAGE EXTERNAL;--> statement-breakpoint
INSERT INTO "registry_version" ("id", "version", "changed_at") VALUES (1, 0, now());--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END $$;--> statement-breakpoint
CREATE TRIGGER "import_log_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "import_log" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
