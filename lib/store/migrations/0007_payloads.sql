CREATE TABLE "payload_switches" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "payload_switches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cluster_id" text NOT NULL,
	"allowed" boolean NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "payload_switches_cluster" ON "payload_switches" USING btree ("cluster_id","id");--> statement-breakpoint
CREATE TRIGGER "payload_switches_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payload_switches" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
REVOKE ALL ON "payload_switches" FROM PUBLIC;--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "payload_switches" FROM CURRENT_USER;
