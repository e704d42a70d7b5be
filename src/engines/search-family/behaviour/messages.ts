import type { Cause } from '../../../simulator/index.js';
import type { ClusterState } from './cluster-state.js';

/** How recent the state is that a node has accepted. */
export type Freshness = Pick<ClusterState, 'term' | 'version'>;

/** What the nodes of a cluster send each other, checks and data apart. */
export type Message =
    /** Would you vote for me? */
    | { readonly kind: 'prevote' }
    | { readonly kind: 'prevote-granted'; readonly term: number; readonly accepted: Freshness }
    /** Join me in this term. */
    | { readonly kind: 'start-join'; readonly term: number }
    | { readonly kind: 'vote'; readonly term: number; readonly accepted: Freshness; readonly life: number }
    | { readonly kind: 'publish'; readonly state: ClusterState; readonly cause: Cause }
    | { readonly kind: 'published'; readonly state: Freshness; readonly accepted: boolean }
    | { readonly kind: 'commit'; readonly state: Freshness }
    | { readonly kind: 'applied'; readonly state: Freshness }
    | { readonly kind: 'join'; readonly term: number; readonly life: number }
    /** The sender's copy of this shard, by position, has all data. */
    | { readonly kind: 'copied'; readonly position: number; readonly cause: Cause };
