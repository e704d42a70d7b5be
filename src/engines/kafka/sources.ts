import type { FactSource } from '../engine.js';

/** Where the facts about Kafka in this folder were read. */
export const OPERATIONS: FactSource = {
    title: 'Apache Kafka documentation: operations',
    url: 'https://kafka.apache.org/documentation/#operations',
};
export const KRAFT: FactSource = {
    title: 'Apache Kafka documentation: KRaft',
    url: 'https://kafka.apache.org/documentation/#kraft',
};
export const REPLICATION_DESIGN: FactSource = {
    title: 'Apache Kafka documentation: replication',
    url: 'https://kafka.apache.org/documentation/#replication',
};
export const BROKER: FactSource = {
    title: 'Apache Kafka documentation: broker configuration',
    url: 'https://kafka.apache.org/documentation/#brokerconfigs',
};
export const TOPIC: FactSource = {
    title: 'Apache Kafka documentation: topic configuration',
    url: 'https://kafka.apache.org/documentation/#topicconfigs',
};
export const PRODUCER: FactSource = {
    title: 'Apache Kafka documentation: producer configuration',
    url: 'https://kafka.apache.org/documentation/#producerconfigs',
};
export const CONSUMER: FactSource = {
    title: 'Apache Kafka documentation: consumer configuration',
    url: 'https://kafka.apache.org/documentation/#consumerconfigs',
};
export const CLIENT_SOURCE: FactSource = {
    title: 'Apache Kafka source, NetworkClient.java',
    url: 'https://github.com/apache/kafka/blob/4.0/clients/src/main/java/org/apache/kafka/clients/NetworkClient.java',
};
export const RETRY_BACKOFF: FactSource = {
    title: 'KIP-580: Exponential backoff for Kafka clients',
    url: 'https://cwiki.apache.org/confluence/display/KAFKA/KIP-580%3A+Exponential+Backoff+for+Kafka+Clients',
};
export const SETUP_TIMEOUT: FactSource = {
    title: 'KIP-601: Configurable socket connection timeout in NetworkClient',
    url: 'https://cwiki.apache.org/confluence/display/KAFKA/KIP-601%3A+Configurable+socket+connection+timeout+in+NetworkClient',
};
export const KRAFT_SOURCE: FactSource = {
    title: 'Apache Kafka source, KRaftConfigs.java',
    url: 'https://github.com/apache/kafka/blob/4.0/server/src/main/java/org/apache/kafka/server/config/KRaftConfigs.java',
};
export const QUORUM_SOURCE: FactSource = {
    title: 'Apache Kafka source, QuorumConfig.java',
    url: 'https://github.com/apache/kafka/blob/4.0/raft/src/main/java/org/apache/kafka/raft/QuorumConfig.java',
};
export const REPLICATION_SOURCE: FactSource = {
    title: 'Apache Kafka source, ReplicationConfigs.java',
    url: 'https://github.com/apache/kafka/blob/4.0/server/src/main/java/org/apache/kafka/server/config/ReplicationConfigs.java',
};
export const SERVER_SOURCE: FactSource = {
    title: 'Apache Kafka source, ServerConfigs.java',
    url: 'https://github.com/apache/kafka/blob/4.0/server/src/main/java/org/apache/kafka/server/config/ServerConfigs.java',
};
export const PARTITION_SOURCE: FactSource = {
    title: 'Apache Kafka source, Partition.scala',
    url: 'https://github.com/apache/kafka/blob/4.0/core/src/main/scala/kafka/cluster/Partition.scala',
};
export const ELIGIBLE_LEADERS: FactSource = {
    title: 'Apache Kafka documentation: eligible leader replicas',
    url: 'https://kafka.apache.org/42/operations/eligible-leader-replicas',
};
