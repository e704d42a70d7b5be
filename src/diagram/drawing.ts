/** What a drawing shows, before anything has a position. Plain data that is sent to the webview. */
import type { SourceRange } from '../topology/index.js';

/** Ids are qualified names with their kind in front, `node:sessions.cache-1`: stable while the text around them changes. */
export interface Drawing {
    readonly title: string;
    readonly regions: readonly DrawnRegion[];
    /** Nodes that stand in no zone. */
    readonly placeless: readonly DrawnNode[];
    readonly clusters: readonly DrawnCluster[];
    readonly links: readonly DrawnLink[];
}

interface Drawn {
    readonly id: string;
    readonly label: string;
    readonly source: SourceRange;
    /** Plain sentences for the tooltip and for screen readers. */
    readonly facts: readonly string[];
}

export interface DrawnRegion extends Drawn {
    readonly zones: readonly DrawnZone[];
    /** Nodes that stand in the region but in none of its zones. */
    readonly nodes: readonly DrawnNode[];
}

export interface DrawnZone extends Drawn {
    readonly nodes: readonly DrawnNode[];
}

export interface DrawnNode extends Drawn {
    /** Ids of the clusters that it is a member of. */
    readonly clusters: readonly string[];
    readonly roles: readonly string[];
    readonly copies: readonly DrawnCopy[];
}

/** A row in a node's card. */
export interface DrawnCopy extends Drawn {
    readonly shard: string;
    readonly role: 'leader' | 'replica' | 'voter';
}

export interface DrawnCluster extends Drawn {
    readonly engine: string;
    /** Index of its tone in the legend. */
    readonly tone: number;
    readonly addresses: readonly DrawnAddress[];
    readonly clients: readonly DrawnClient[];
}

export interface DrawnAddress extends Drawn {
    readonly kind: 'vip' | 'load-balancer' | 'dns' | 'discovery';
}

export type DrawnClient = Drawn;

/** `count` lines between the same two ends are drawn as one. */
export interface DrawnLink {
    readonly kind: 'replication' | 'dependency' | 'traffic';
    /** Ids of zones, clusters, addresses or clients. */
    readonly from: string;
    readonly to: string;
    readonly count: number;
    readonly asynchronous: boolean;
    readonly label: string;
}
