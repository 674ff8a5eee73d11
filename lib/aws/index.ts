export { choosePeriod } from "@/lib/domain/cloud-period";
export { clusterArnParts, hasTopicApi, kafkaVersionOf, topicArn } from "@/lib/domain/msk-cluster";
export { type CloudUnit, unitOf } from "./cloudwatch/metrics";
export { type AwsRegionOptions, openAwsRegion } from "./open-aws-region";
export type { AwsRegion } from "./port";
