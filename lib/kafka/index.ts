export type { GroupDescription } from "./admin/describe-group";
export { type KafkaAdmin, openKafkaAdmin } from "./admin/open-kafka-admin";
export type { ConfigReading, ConfigResource } from "./admin/read-configs";
export type { LagSweep } from "./admin/sweep-lag";
export { type ConnectionCheck, checkConnection } from "./records/check-connection";
export { openRecordReader, type RecordReader, type RecordSample, type SampleRequest, sampleRecords } from "./records/sample-records";
