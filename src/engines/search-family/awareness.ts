/** Where copies of one shard must stand apart: shard allocation awareness. */
import type { Member, Node, NodeId, Zone } from '../../topology/index.js';
import type { EngineContext, SettingReader } from '../engine.js';
import { dataMembers, words, type SearchProduct } from './product.js';

export const AWARENESS = 'cluster.routing.allocation.awareness.attributes';

/** Attributes that the model knows of a node: its zone and its rack. */
export const KNOWN_ATTRIBUTES = ['zone', 'rack'] as const;
type KnownAttribute = (typeof KNOWN_ATTRIBUTES)[number];

export function forcedKey(attribute: KnownAttribute): string {
    return `cluster.routing.allocation.awareness.force.${attribute}.values`;
}

/** Members, where they stand, and what is set: all that a placement depends on. */
export interface Site {
    readonly members: readonly Member[];
    node(id: NodeId): Node;
    zoneOf(id: NodeId): Zone | undefined;
    readonly settings: SettingReader;
}

export interface Awareness {
    readonly attribute: KnownAttribute;
    /** The value of a node; undefined: it has none and gets no copies. */
    readonly valueAt: (id: NodeId) => string | undefined;
    /** Values of the nodes that hold data. */
    readonly present: ReadonlySet<string>;
    /** Values that forced awareness adds, although no data node has them. */
    readonly absent: readonly string[];
}

export function siteOf(context: EngineContext): Site {
    const { topology, cluster } = context;
    return {
        members: cluster.members,
        node: (id) => topology.nodes[id]!,
        zoneOf: (id) => topology.zones[topology.nodes[id]!.zone ?? -1],
        settings: context,
    };
}

/** The attributes that are set and known, in the order of the file. */
export function awarenessOf(product: SearchProduct, site: Site): readonly Awareness[] {
    const named = words(site.settings.text(AWARENESS));
    return KNOWN_ATTRIBUTES.filter((attribute) => named.includes(attribute)).map((attribute) => {
        const valueAt = (id: NodeId): string | undefined =>
            attribute === 'zone' ? site.zoneOf(id)?.qualifiedName : site.node(id).rack;
        const data = dataMembers(product, site.members).map(({ node }) => node);
        const present = new Set(data.flatMap((id) => valueAt(id) ?? []));
        const zones = new Map(data.flatMap((id) => namesOf(site.zoneOf(id))));
        const forced = words(site.settings.text(forcedKey(attribute))).map((value) =>
            attribute === 'zone' ? (zones.get(value) ?? value) : value,
        );
        return { attribute, valueAt, present, absent: [...new Set(forced)].filter((value) => !present.has(value)) };
    });
}

/** Copies of one shard that may stand under one value: the copies over the values, rounded up. */
export function copiesPerValue({ present, absent }: Awareness, copies: number): number {
    return Math.ceil(copies / Math.max(1, present.size + absent.length));
}

/** A zone is meant by its name and by its qualified name. */
function namesOf(zone: Zone | undefined): readonly (readonly [string, string])[] {
    return zone === undefined
        ? []
        : [
              [zone.name, zone.qualifiedName],
              [zone.qualifiedName, zone.qualifiedName],
          ];
}
