import {
  alterClientQuotasV1,
  apiVersionsV3,
  consumerGroupDescribeV0,
  createPartitionsV2,
  createPartitionsV3,
  describeClusterV0,
  describeClusterV1,
  describeConfigsV4,
  describeGroupsV5,
  describeUserScramCredentialsV0,
  findCoordinatorV4,
  findCoordinatorV5,
  findCoordinatorV6,
  incrementalAlterConfigsV1,
} from "@platformatic/kafka";
import { decoded } from "./operation";

/** The calls whose answers are small enough for the library's decoding. */

export const FIND_COORDINATOR = decoded("FindCoordinator", findCoordinatorV6, findCoordinatorV5, findCoordinatorV4);
export const DESCRIBE_GROUPS = decoded("DescribeGroups", describeGroupsV5);
export const CONSUMER_GROUP_DESCRIBE = decoded("ConsumerGroupDescribe", consumerGroupDescribeV0);
export const DESCRIBE_CONFIGS = decoded("DescribeConfigs", describeConfigsV4);
export const DESCRIBE_SCRAM_USERS = decoded("DescribeUserScramCredentials", describeUserScramCredentialsV0);
export const INCREMENTAL_ALTER_CONFIGS = decoded("IncrementalAlterConfigs", incrementalAlterConfigsV1);
export const ALTER_CLIENT_QUOTAS = decoded("AlterClientQuotas", alterClientQuotasV1);

/** From version 3 on, topics beyond the controller_mutation_rate quota are refused instead of delayed (KIP-599). */
export const CREATE_PARTITIONS = decoded("CreatePartitions", createPartitionsV3, createPartitionsV2);

/** The answer's operations bits are those of the sign-in on the cluster itself. */
export const DESCRIBE_CLUSTER = decoded<
  [withOperations: boolean, endpointType: 1],
  { errorCode: number; errorMessage?: string | null | undefined; clusterAuthorizedOperations: number }
>("DescribeCluster", describeClusterV1, describeClusterV0);

/** Asked first on every connection, so without a choice of version; its answer's header never carries tags. */
export const API_VERSIONS = apiVersionsV3;
