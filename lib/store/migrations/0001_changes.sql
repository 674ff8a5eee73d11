CREATE TABLE "change_locks" (
	"resource" text PRIMARY KEY NOT NULL,
	"change_id" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_operations" (
	"change_id" integer NOT NULL,
	"index" integer NOT NULL,
	"unit" text NOT NULL,
	"unit_position" integer NOT NULL,
	"planned" jsonb NOT NULL,
	"state" text NOT NULL,
	"message" text,
	"at" timestamp with time zone,
	CONSTRAINT "change_operations_change_id_index_pk" PRIMARY KEY("change_id","index")
);
--> statement-breakpoint
CREATE TABLE "change_subjects" (
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"change_id" integer NOT NULL,
	CONSTRAINT "change_subjects_kind_subject_id_change_id_pk" PRIMARY KEY("kind","subject_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"request" jsonb NOT NULL,
	"consequences" jsonb NOT NULL,
	"left_out" jsonb NOT NULL,
	"fingerprint" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text,
	"correlation_id" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"rollout" jsonb,
	"reverts_id" integer,
	"brake_until" timestamp with time zone,
	"at" timestamp with time zone NOT NULL,
	"units" integer NOT NULL,
	"tenant_count" integer NOT NULL,
	"tenant_ids" jsonb NOT NULL,
	"cluster_ids" jsonb NOT NULL,
	"words" "tsvector" NOT NULL,
	"state" text NOT NULL,
	"wish" text NOT NULL,
	"stage" text NOT NULL,
	"message" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"counts" jsonb NOT NULL,
	CONSTRAINT "changes_finished" CHECK (("changes"."finished_at" is null) = ("changes"."state" in ('waiting', 'running', 'paused', 'cancelling')))
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "overrides" jsonb;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "managed_elsewhere" text;--> statement-breakpoint
ALTER TABLE "tiers" ADD COLUMN "archived" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "change_locks" ADD CONSTRAINT "change_locks_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_operations" ADD CONSTRAINT "change_operations_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_subjects" ADD CONSTRAINT "change_subjects_change_id_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_reverts_id_changes_id_fk" FOREIGN KEY ("reverts_id") REFERENCES "public"."changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_locks_change" ON "change_locks" USING btree ("change_id");--> statement-breakpoint
CREATE INDEX "change_operations_unit" ON "change_operations" USING btree ("change_id","unit_position","index");--> statement-breakpoint
CREATE INDEX "change_operations_open" ON "change_operations" USING btree ("change_id","unit_position") WHERE "change_operations"."state" in ('pending', 'started');--> statement-breakpoint
CREATE UNIQUE INDEX "changes_idempotency_key" ON "changes" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "changes_unfinished" ON "changes" USING btree ("id") WHERE "changes"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "changes_kind" ON "changes" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "changes_state" ON "changes" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "changes_actor" ON "changes" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "changes_at" ON "changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "changes_reverts" ON "changes" USING btree ("reverts_id") WHERE "changes"."reverts_id" is not null;--> statement-breakpoint
CREATE INDEX "changes_words" ON "changes" USING gin ("words");--> statement-breakpoint
CREATE TRIGGER "changes_kept" BEFORE DELETE OR TRUNCATE ON "changes" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "changes_intent" BEFORE UPDATE OF "id", "kind", "title", "request", "consequences", "left_out", "fingerprint", "actor", "reason", "correlation_id", "idempotency_key", "rollout", "reverts_id", "brake_until", "at", "units", "tenant_count", "tenant_ids", "cluster_ids", "words" ON "changes" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "changes_outcome" BEFORE UPDATE ON "changes" FOR EACH ROW WHEN (OLD."finished_at" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "change_operations_kept" BEFORE DELETE OR TRUNCATE ON "change_operations" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "change_operations_intent" BEFORE UPDATE OF "change_id", "index", "unit", "unit_position", "planned" ON "change_operations" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE FUNCTION "refuse_finished"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT FROM "fresh" JOIN "changes" ON "changes"."id" = "fresh"."change_id" WHERE "changes"."finished_at" IS NOT NULL) THEN RAISE EXCEPTION 'the change is finished: nothing of table % is altered', TG_TABLE_NAME; END IF; RETURN NULL; END $$;--> statement-breakpoint
CREATE TRIGGER "change_operations_insert" AFTER INSERT ON "change_operations" REFERENCING NEW TABLE AS "fresh" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_finished"();--> statement-breakpoint
CREATE TRIGGER "change_operations_outcome" AFTER UPDATE ON "change_operations" REFERENCING NEW TABLE AS "fresh" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_finished"();--> statement-breakpoint
CREATE TRIGGER "change_subjects_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "change_subjects" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
