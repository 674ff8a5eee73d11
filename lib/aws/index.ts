export { openAwsRegion } from "./open-aws-region";
export type { AwsRegion } from "./port";
