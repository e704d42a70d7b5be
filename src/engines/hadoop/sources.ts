import type { FactSource } from '../engine.js';

/** Where the facts about HDFS and YARN in this folder were read. */
export const HA: FactSource = {
    title: 'HDFS High Availability Using the Quorum Journal Manager',
    url: 'https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/HDFSHighAvailabilityWithQJM.html',
};
export const DESIGN: FactSource = {
    title: 'HDFS Architecture',
    url: 'https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/HdfsDesign.html',
};
export const HDFS_DEFAULT: FactSource = {
    title: 'hdfs-default.xml',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-hdfs-project/hadoop-hdfs/src/main/resources/hdfs-default.xml',
};
export const HDFS_KEYS: FactSource = {
    title: 'Hadoop source, DFSConfigKeys.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-hdfs-project/hadoop-hdfs/src/main/java/org/apache/hadoop/hdfs/DFSConfigKeys.java',
};
export const COMMON_KEYS: FactSource = {
    title: 'Hadoop source, CommonConfigurationKeys.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-common-project/hadoop-common/src/main/java/org/apache/hadoop/fs/CommonConfigurationKeys.java',
};
export const ELECTOR: FactSource = {
    title: 'Hadoop source, ZKFailoverController.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-common-project/hadoop-common/src/main/java/org/apache/hadoop/ha/ZKFailoverController.java',
};
export const DATANODE_MANAGER: FactSource = {
    title: 'Hadoop source, DatanodeManager.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-hdfs-project/hadoop-hdfs/src/main/java/org/apache/hadoop/hdfs/server/blockmanagement/DatanodeManager.java',
};
export const RACKS: FactSource = {
    title: 'Hadoop: Rack Awareness',
    url: 'https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-common/RackAwareness.html',
};
export const RESOURCE_MANAGER: FactSource = {
    title: 'Hadoop: ResourceManager High Availability',
    url: 'https://hadoop.apache.org/docs/stable/hadoop-yarn/hadoop-yarn-site/ResourceManagerHA.html',
};
export const YARN_DEFAULT: FactSource = {
    title: 'yarn-default.xml',
    url: 'https://hadoop.apache.org/docs/stable/hadoop-yarn/hadoop-yarn-common/yarn-default.xml',
};
export const HEALTH_TARGET: FactSource = {
    title: 'Hadoop source, HAServiceTarget.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-common-project/hadoop-common/src/main/java/org/apache/hadoop/ha/HAServiceTarget.java',
};
export const FAILOVER_CONTROLLER: FactSource = {
    title: 'Hadoop source, FailoverController.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-common-project/hadoop-common/src/main/java/org/apache/hadoop/ha/FailoverController.java',
};
export const IPC_CLIENT: FactSource = {
    title: 'Hadoop source, ipc/Client.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-common-project/hadoop-common/src/main/java/org/apache/hadoop/ipc/Client.java',
};
export const DFS_CLIENT: FactSource = {
    title: 'Hadoop source, DFSClient.java',
    url: 'https://github.com/apache/hadoop/blob/trunk/hadoop-hdfs-project/hadoop-hdfs-client/src/main/java/org/apache/hadoop/hdfs/DFSClient.java',
};
export const ZOOKEEPER: FactSource = {
    title: 'ZooKeeper Administrator’s Guide',
    url: 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html',
};
export const ASSUMPTION: FactSource = { title: 'An assumption of Faultline', unconfirmed: true };
