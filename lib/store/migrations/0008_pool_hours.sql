CREATE TABLE "pool_hours" (
	"cluster_id" text NOT NULL,
	"minute" integer NOT NULL,
	"entries" jsonb NOT NULL,
	"cut" boolean NOT NULL,
	CONSTRAINT "pool_hours_cluster_id_minute_pk" PRIMARY KEY("cluster_id","minute")
);
