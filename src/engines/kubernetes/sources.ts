import type { FactSource } from '../engine.js';

/** Where the facts about Kubernetes and etcd in this folder were read. */
export const NODES: FactSource = {
    title: 'Kubernetes: Nodes',
    url: 'https://kubernetes.io/docs/concepts/architecture/nodes/',
};
export const GRACE: FactSource = {
    title: 'Kubernetes pull request 126287: the default of node-monitor-grace-period',
    url: 'https://github.com/kubernetes/kubernetes/pull/126287',
};
export const MONITOR: FactSource = {
    title: 'Kubespray: Kubernetes reliability',
    url: 'https://github.com/kubernetes-sigs/kubespray/blob/release-2.11/docs/kubernetes-reliability.md',
};
export const TAINTS: FactSource = {
    title: 'Kubernetes: Taints and Tolerations',
    url: 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
};
export const SPREAD: FactSource = {
    title: 'Kubernetes: Pod Topology Spread Constraints',
    url: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
};
export const DISRUPTIONS: FactSource = {
    title: 'Kubernetes: Disruptions',
    url: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/',
};
export const BUDGET: FactSource = {
    title: 'Kubernetes: Specifying a Disruption Budget for your Application',
    url: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
};
export const STATEFULSET: FactSource = {
    title: 'Kubernetes: Force Delete StatefulSet Pods',
    url: 'https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/',
};
export const DEPLOYMENT: FactSource = {
    title: 'Kubernetes: Deployments',
    url: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/',
};
export const POD_LIFECYCLE: FactSource = {
    title: 'Kubernetes: Pod Lifecycle',
    url: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/',
};
export const PROBES: FactSource = {
    title: 'Kubernetes: Configure Liveness, Readiness and Startup Probes',
    url: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
};
export const HIGHLY_AVAILABLE: FactSource = {
    title: 'Kubernetes: Options for Highly Available Topology',
    url: 'https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/ha-topology/',
};
export const SHUTDOWN: FactSource = {
    title: 'Kubernetes: Node Shutdowns',
    url: 'https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/',
};
export const LEADER_ELECTION: FactSource = {
    title: 'Kubernetes source, component-base/config/v1alpha1/defaults.go',
    url: 'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/component-base/config/v1alpha1/defaults.go',
};
export const ETCD_FAQ: FactSource = {
    title: 'etcd: Frequently Asked Questions',
    url: 'https://etcd.io/docs/v3.5/faq/',
};
export const ETCD_FAILURES: FactSource = {
    title: 'etcd: Failure modes',
    url: 'https://etcd.io/docs/v3.5/op-guide/failures/',
};
export const ETCD_TUNING: FactSource = { title: 'etcd: Tuning', url: 'https://etcd.io/docs/v3.5/tuning/' };
export const ETCD_CONFIG: FactSource = {
    title: 'etcd source, server/embed/config.go',
    url: 'https://github.com/etcd-io/etcd/blob/main/server/embed/config.go',
};
