/** The drawing with its positions as plain data, for other programs. */
import type { Topology } from '../topology/index.js';
import type { Drawing, Drawn, DrawnLink, DrawnNode } from './drawing.js';
import { layoutInProcess } from './elk-in-process.js';
import { moved, type Box, type Point } from './geometry.js';
import type { Layout } from './layout.js';
import { summary } from './render.js';
import { toDrawing } from './to-drawing.js';

/** Pixels at a zoom of 1, from the upper left corner of the picture. */
export interface PlacedDrawing {
    readonly format: 'faultline-drawing';
    /** Counts changes that readers have to know of. */
    readonly version: 1;
    readonly title: string;
    readonly summary: string;
    readonly width: number;
    readonly height: number;
    readonly elements: readonly PlacedElement[];
    readonly links: readonly PlacedLink[];
}

type Kind = 'region' | 'zone' | 'node' | 'cluster' | 'client';

interface Placed {
    readonly id: string;
    readonly label: string;
    /** Sentences. */
    readonly facts: readonly string[];
    /** Line of the file, counted from 1. */
    readonly line: number;
}

interface PlacedElement extends Placed, Box {
    readonly kind: Kind;
    /** Id of the region or zone that it stands in. */
    readonly parent?: string;
    /** Nodes only. */
    readonly clusters?: readonly string[];
    readonly roles?: readonly string[];
    readonly copies?: readonly { readonly shard: string; readonly role: string }[];
}

interface PlacedLink extends Placed, Pick<DrawnLink, 'kind' | 'from' | 'to' | 'count' | 'asynchronous' | 'standby'> {
    /** The corners of the line. */
    readonly points: readonly Point[];
}

export async function placeDrawing(topology: Topology): Promise<PlacedDrawing> {
    const drawing = toDrawing(topology);
    return placedDrawing(drawing, await layoutInProcess(drawing));
}

export function placedDrawing(drawing: Drawing, layout: Layout): PlacedDrawing {
    const { title, regions, clusters, clients, links } = drawing;
    const inRegions = regions.map(({ id }) => ({ id }));
    const parents = new Map(regions.flatMap(({ id, zones }) => zones.map((zone) => [zone.id, id] as const)));
    const zones = regions.flatMap((region) => region.zones);
    const boxed = (kind: Kind, drawn: readonly Drawn[]): PlacedElement[] =>
        drawn.flatMap((each) => {
            const box = layout.boxes.get(each.id);
            const parent = parents.get(each.id);
            return box ? [{ kind, ...wordsOf(each), ...(parent === undefined ? {} : { parent }), ...boxOf(box) }] : [];
        });
    return {
        format: 'faultline-drawing',
        version: 1,
        title,
        summary: summary(drawing),
        width: layout.width,
        height: layout.height,
        elements: [
            ...boxed('region', regions),
            ...boxed('zone', zones),
            ...nodesOf(layout, new Set([...inRegions, ...zones].map(({ id }) => id))),
            ...boxed('cluster', clusters),
            ...boxed('client', clients),
        ],
        links: links.map((link) => ({
            kind: link.kind,
            ...wordsOf(link),
            from: link.from,
            to: link.to,
            count: link.count,
            asynchronous: link.asynchronous,
            ...(link.standby && { standby: true as const }),
            points: layout.routes.get(link.id)?.points ?? [],
        })),
    };
}

/** Cards stand relative to their place in the packing. `known`: places that are elements themselves. */
function nodesOf({ packing, boxes }: Layout, known: ReadonlySet<string>): PlacedElement[] {
    return packing.regions.flatMap((region) =>
        region.places.flatMap(({ id, nodes, cards }) => {
            const corner = boxes.get(id);
            const parent = [id, region.id].find((each) => known.has(each));
            return nodes.flatMap((node) => {
                const card = cards.get(node.id);
                return corner && card ? [nodeAt(node, moved(card, corner), parent)] : [];
            });
        }),
    );
}

function nodeAt(node: DrawnNode, box: Box, parent: string | undefined): PlacedElement {
    return {
        kind: 'node',
        ...wordsOf(node),
        ...(parent === undefined ? {} : { parent }),
        clusters: node.clusters,
        roles: node.roles,
        copies: node.copies.map(({ shard, role }) => ({ shard, role })),
        ...boxOf(box),
    };
}

function wordsOf({ id, label, facts, source }: Drawn): Placed {
    return { id, label, facts, line: source.start.line + 1 };
}

function boxOf({ x, y, width, height }: Box): Box {
    return { x, y, width, height };
}
