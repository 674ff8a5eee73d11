import { brokerKeystore, caFile } from "./certificates";
import type { Cluster, Node, Sandbox } from "./topology";
import { PORTS } from "./topology";

/** The beans that are read; a scrape under the rule `.*` alone costs a broker more than half a second of CPU. */
const BEANS = [
  "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,*",
  "kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,*",
  "kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec,*",
  "kafka.server:type=Produce,*",
  "kafka.server:type=Fetch,*",
  "kafka.server:type=Request,*",
  "kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent",
  "kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions",
  "kafka.server:type=ReplicaManager,name=UnderMinIsrPartitionCount",
  "kafka.server:type=ReplicaManager,name=LeaderCount",
  "kafka.server:type=ReplicaManager,name=PartitionCount",
  "kafka.controller:type=KafkaController,name=ActiveControllerCount",
  "kafka.controller:type=KafkaController,name=OfflinePartitionsCount",
  "kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent",
  "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Produce",
  "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=FetchConsumer",
  "kafka.network:type=RequestMetrics,name=RemoteTimeMs,request=FetchConsumer",
  "kafka.network:type=RequestMetrics,name=RequestsPerSec,*",
];

/** The exporter's configuration with MSK's naming, which is the exporter's default. */
export function exporterConfig(): string {
  return `lowercaseOutputName: false
includeObjectNames:
${BEANS.map((bean) => `  - "${bean}"`).join("\n")}
rules:
  - pattern: ".*"
`;
}

/** Warnings, and what a broker says when it starts, in a file that cannot grow without end. */
export function loggingConfig(logFile: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN" shutdownHook="disable">
  <Appenders>
    <RollingFile name="file" fileName="${logFile}" filePattern="${logFile}.%i">
      <PatternLayout pattern="%d{ISO8601} %p %c{1}: %m%n"/>
      <Policies><SizeBasedTriggeringPolicy size="5MB"/></Policies>
      <DefaultRolloverStrategy max="2"/>
    </RollingFile>
  </Appenders>
  <Loggers>
    <Root level="WARN"><AppenderRef ref="file"/></Root>
    <Logger name="kafka.server.KafkaRaftServer" level="INFO"/>
    <Logger name="kafka.server.BrokerServer" level="INFO"/>
  </Loggers>
</Configuration>
`;
}

/** `server.properties` of one combined node (broker and controller), so that a cluster of three survives the death of any one. */
export function serverProperties(sandbox: Sandbox, cluster: Cluster, node: Node): string {
  return [identity(cluster, node), security(sandbox), topics(cluster), thrift()]
    .flatMap((part) => Object.entries(part))
    .map(([key, value]) => `${key}=${value}`)
    .join("\n")
    .concat("\n");
}

type Properties = Record<string, string | number | boolean>;

function identity(cluster: Cluster, node: Node): Properties {
  const clients = `SASL://${node.host}:${PORTS.sasl},TLS://${node.host}:${PORTS.tls},INTERNAL://${node.host}:${PORTS.internal}`;
  return {
    "process.roles": "broker,controller",
    "node.id": node.id,
    "broker.rack": node.rack,
    "controller.quorum.voters": cluster.nodes.map((voter) => `${voter.id}@${voter.host}:${PORTS.controller}`).join(","),
    "controller.listener.names": "CONTROLLER",
    listeners: `${clients},CONTROLLER://${node.host}:${PORTS.controller}`,
    "advertised.listeners": clients,
    "listener.security.protocol.map": "SASL:SASL_SSL,TLS:SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "INTERNAL",
    "log.dirs": `${node.dir}/data`,
  };
}

/** The plaintext listener's principal is ANONYMOUS: brokers and the sandbox's own tools, on loopback only. */
function security(sandbox: Sandbox): Properties {
  return {
    "sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "listener.name.sasl.scram-sha-512.sasl.jaas.config": "org.apache.kafka.common.security.scram.ScramLoginModule required;",
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": brokerKeystore(sandbox),
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": caFile(sandbox),
    "listener.name.tls.ssl.client.auth": "required",
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:ANONYMOUS",
  };
}

function topics(cluster: Cluster): Properties {
  const replicas = Math.min(3, cluster.nodes.length);
  const inSync = Math.max(1, replicas - 1);
  return {
    "auto.create.topics.enable": false,
    "num.partitions": 3,
    "default.replication.factor": replicas,
    "min.insync.replicas": inSync,
    "offsets.topic.num.partitions": 12,
    "offsets.topic.replication.factor": replicas,
    "transaction.state.log.num.partitions": 3,
    "transaction.state.log.replication.factor": replicas,
    "transaction.state.log.min.isr": inSync,
    "share.coordinator.state.topic.num.partitions": 3,
    "share.coordinator.state.topic.replication.factor": replicas,
    "share.coordinator.state.topic.min.isr": inSync,
    "group.initial.rebalance.delay.ms": 0,
    "log.retention.check.interval.ms": 10_000,
    "log.initial.task.delay.ms": 10_000,
  };
}

/** What keeps five brokers quiet on two cores: few threads, and long waits where an idle broker would otherwise ask again. */
function thrift(): Properties {
  return {
    "num.network.threads": 1,
    "num.io.threads": 3,
    "background.threads": 2,
    "num.recovery.threads.per.data.dir": 1,
    "replica.fetch.wait.max.ms": 5_000,
    "metadata.max.idle.interval.ms": 5_000,
    // Kafka 4.1 loses every SCRAM user when it reads a log without a snapshot in which one of them was deleted (ScramDelta.apply).
    "metadata.log.max.snapshot.interval.ms": 20_000,
    "log.cleaner.dedupe.buffer.size": 4_194_304,
    "log.flush.offset.checkpoint.interval.ms": 60_000,
    "replica.high.watermark.checkpoint.interval.ms": 30_000,
  };
}
