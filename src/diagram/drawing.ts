/** What a drawing shows, before anything has a position. Plain data that is sent to the webview. */
import type { SourceRange } from '../topology/index.js';

/** Ids are qualified names with their kind in front, `node:sessions.cache-1`: stable while the text around them changes. */
export interface Drawing {
    readonly title: string;
    readonly regions: readonly DrawnRegion[];
    /** Nodes that stand in no zone and no region. */
    readonly placeless: readonly DrawnNode[];
    readonly clusters: readonly DrawnCluster[];
    readonly clients: readonly DrawnClient[];
    readonly links: readonly DrawnLink[];
}

/** Whatever can be pointed at: it has a place in the text and can be said in words. */
export interface Drawn {
    readonly id: string;
    readonly label: string;
    readonly source: SourceRange;
    /** Plain sentences for the tooltip and for screen readers. */
    readonly facts: readonly string[];
}

export interface DrawnRegion extends Drawn {
    /** What it holds, where the reader wants no more of it than how much and how well: the page alone sets it. */
    readonly folded?: Folded;
    readonly zones: readonly DrawnZone[];
    /** Nodes that stand in the region but in none of its zones. */
    readonly nodes: readonly DrawnNode[];
}

/** What a folded place keeps to itself. */
export interface Folded {
    /** How many zones. */
    readonly zones: number;
    readonly nodes: readonly DrawnNode[];
}

export interface DrawnZone extends Drawn {
    /** As of a region. */
    readonly folded?: Folded;
    readonly nodes: readonly DrawnNode[];
}

export interface DrawnNode extends Drawn {
    /** Ids of the clusters that it is a member of. */
    readonly clusters: readonly string[];
    readonly roles: readonly string[];
    /** Clusters in whose control it takes part, with others. */
    readonly controls?: readonly DrawnControl[];
    /** What runs on it can be told to move elsewhere, politely. */
    readonly drains?: true;
    readonly copies: readonly DrawnCopy[];
}

/** A part in the control of a cluster: one of those who take part leads. */
export interface DrawnControl {
    /** As {@link DrawnCopy.shard}: who leads it at an instant is told under this name. */
    readonly shard: string;
    /** Name of the cluster. */
    readonly cluster: string;
    /** As declared. */
    readonly leads: boolean;
}

/** A row in a node's card. */
export interface DrawnCopy extends Drawn {
    readonly shard: string;
    readonly role: 'leader' | 'replica';
    /** Nobody leads the shard: its copies are equals. */
    readonly leaderless?: true;
    /** It serves only while it is the active one of its cluster's members: its label says which it is. */
    readonly takesTurns?: true;
}

export interface DrawnCluster extends Drawn {
    readonly engine: string;
    readonly version?: string;
    /** Index of its tone in the legend. */
    readonly tone: number;
    readonly addresses: readonly DrawnAddress[];
    /** Ids of the regions that its members stand in. */
    readonly regions: readonly string[];
}

export interface DrawnAddress extends Drawn {
    readonly kind: 'vip' | 'load-balancer' | 'dns' | 'discovery';
    /** Only these requests go through it; missing: all do. */
    readonly serves?: 'reads' | 'writes';
    /** How it fares, where it stands before several clusters: the id of what its clients see; missing: as the cluster does. */
    readonly service?: string;
}

export interface DrawnClient extends Drawn {
    /** What it asks of each cluster, a line each: `sessions: reads 2,000/s, writes 400/s`. */
    readonly demands: readonly string[];
}

/** `count` lines between the same two ends are drawn as one. */
export interface DrawnLink extends Drawn {
    readonly kind: 'replication' | 'dependency' | 'traffic';
    /** Ids of zones (of regions where they differ), clusters or clients. */
    readonly from: string;
    readonly to: string;
    readonly count: number;
    /** Whether the file says that the copy lags behind: only `replicate … to …` does. */
    readonly asynchronous: boolean;
    /** Requests come this way through these addresses alone, by {@link DrawnAddress.service}; missing: also through none. */
    readonly through?: readonly string[];
    /** No requests come this way: where their addresses lead is elsewhere as long as that is healthy. */
    readonly standby?: true;
}

/** Id of the place that holds a region's nodes without a zone, as links know it. */
export function unzonedId(regionId: string): string {
    return `${regionId}/no-zone`;
}

/** Id of the place that holds the nodes that stand nowhere, as links know it. */
export const PLACELESS_ID = 'placeless';
