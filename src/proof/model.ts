import type { ClusterId, Topology } from '../topology/index.js';
import type { ServiceRules } from './rules.js';

/** A model whose clusters' rules are known. */
export interface ProofModel {
    readonly topology: Topology;
    rules(cluster: ClusterId): ServiceRules;
}
