import type { FactSource } from '../engine.js';

/** Where the facts about Cassandra in this folder were read. */
export const DYNAMO: FactSource = {
    title: 'Apache Cassandra documentation: Dynamo',
    url: 'https://cassandra.apache.org/doc/latest/cassandra/architecture/dynamo.html',
};
export const CONSISTENCY: FactSource = {
    title: 'Apache Cassandra source, ConsistencyLevel.java',
    url: 'https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/db/ConsistencyLevel.java',
};
export const TOPOLOGY_STRATEGY: FactSource = {
    title: 'Apache Cassandra source, NetworkTopologyStrategy.java',
    url: 'https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/locator/NetworkTopologyStrategy.java',
};
export const YAML: FactSource = {
    title: 'cassandra.yaml of Apache Cassandra',
    url: 'https://github.com/apache/cassandra/blob/trunk/conf/cassandra.yaml',
};
export const CONFIG_SOURCE: FactSource = {
    title: 'Apache Cassandra source, Config.java',
    url: 'https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/config/Config.java',
};
export const DEFINITION: FactSource = {
    title: 'Apache Cassandra documentation: data definition',
    url: 'https://cassandra.apache.org/doc/latest/cassandra/developing/cql/ddl.html',
};
export const HINTS: FactSource = {
    title: 'Apache Cassandra documentation: hints',
    url: 'https://cassandra.apache.org/doc/latest/cassandra/managing/operating/hints.html',
};
export const REPAIR: FactSource = {
    title: 'Apache Cassandra documentation: repair',
    url: 'https://cassandra.apache.org/doc/latest/cassandra/managing/operating/repair.html',
};
export const SECURITY: FactSource = {
    title: 'Apache Cassandra documentation: security',
    url: 'https://cassandra.apache.org/doc/latest/cassandra/managing/operating/security.html',
};
export const DRIVER: FactSource = {
    title: 'Java driver for Apache Cassandra: reference configuration',
    url: 'https://github.com/apache/cassandra-java-driver/blob/4.x/core/src/main/resources/reference.conf',
};
/** Defaults that differ between releases, where the release that changed them was not found. */
export const YAML_BY_RELEASE: FactSource = {
    title: 'cassandra.yaml; another release may have another default',
    url: 'https://github.com/apache/cassandra/blob/trunk/conf/cassandra.yaml',
    unconfirmed: true,
};
export const FAILURE_DETECTOR: FactSource = {
    title: 'Apache Cassandra source, FailureDetector.java',
    url: 'https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/gms/FailureDetector.java',
};
export const PRODUCTION: FactSource = {
    title: 'Apache Cassandra documentation: production recommendations',
    url: 'https://cassandra.apache.org/doc/latest/cassandra/getting-started/production.html',
};
