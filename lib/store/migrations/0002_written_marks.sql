CREATE TABLE "written_marks" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "written_marks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"cluster_id" text NOT NULL,
	"topics" jsonb NOT NULL,
	"quotas" boolean NOT NULL
);
