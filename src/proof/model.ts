import type { ClusterId, Topology } from '../topology/index.js';
import type { ServiceRules } from './rules.js';

/** A model whose clusters' rules are known. */
export interface ProofModel {
    readonly topology: Topology;
    /** As its own clients see it; or as the nodes of a cluster do that needs it, from where they stand. */
    rules(cluster: ClusterId, askedBy?: ClusterId): ServiceRules;
}
