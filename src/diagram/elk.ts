/** ELK's part: it places the skeleton and routes its links. It never sees a node; cards are packed beforehand. */
import { groupedBy } from '../topology/index.js';
import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Drawing } from './drawing.js';
import { effort } from './effort.js';
import { GRID, moved, type Box, type Point } from './geometry.js';
import { hasField, labelWidth, linkLabel, MARGIN, REGION, type Layout } from './layout.js';
import { GAP } from './pack.js';
import type { Route } from './row-model.js';

/** Orthogonal layers that keep the order and the layers of the own layout: ELK refines, nothing jumps. */
const SHARED: LayoutOptions = {
    'elk.algorithm': 'layered',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.hierarchyHandling': 'SEPARATE_CHILDREN',
    'elk.separateConnectedComponents': 'false',
    'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
    'elk.layered.layering.strategy': 'INTERACTIVE',
    'elk.layered.crossingMinimization.strategy': 'INTERACTIVE',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
    'elk.spacing.edgeEdge': '16',
    'elk.spacing.edgeNode': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '16',
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.spacing.edgeLabel': '0',
    'elk.spacing.nodeNode': String(GAP),
    'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP),
    'elk.edgeLabels.inline': 'true',
    'elk.layered.edgeLabels.centerLabelPlacementStrategy': 'MEDIAN_LAYER',
};

/** Whatever words stand on lines between neighbours, these are as far apart as in the own layout. */
const SIDE_LABEL = 6 * GRID;

/** The graph that ELK lays out: plain JSON, as its worker takes it. */
export function skeletonGraph(drawing: Drawing, own: Layout): ElkNode {
    const regions = new Map(own.packing.regions.map((region) => [region.id, region]));
    const inner = new Map(
        own.packing.regions.flatMap((region) => region.places.map(({ id }) => [id, region.id] as const)),
    );
    const edge = (id: string): string | undefined => inner.get(id);
    const edgesIn = (region: string | undefined): ElkExtendedEdge[] =>
        drawing.links
            .filter((link) => own.routes.has(link.id) && edge(link.from) === region && edge(link.to) === region)
            .map((link) => ({
                id: link.id,
                sources: [startPort(link.id)],
                targets: [endPort(link.id)],
                labels:
                    link.label === ''
                        ? []
                        : [
                              {
                                  text: linkLabel(link),
                                  width: region === undefined ? labelWidth(link) : SIDE_LABEL,
                                  height: 16,
                              },
                          ],
            }));
    const ports = portsOf(drawing, own);
    const node = (id: string, box: Box): ElkNode => ({
        id,
        ...box,
        ports: ports.get(id) ?? [],
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    });
    const children = [...own.boxes].flatMap(([id, box]): ElkNode[] => {
        const region = regions.get(id);
        if (inner.has(id)) {
            return [];
        }
        return region === undefined
            ? [node(id, box)]
            : [
                  {
                      ...node(id, box),
                      layoutOptions: {
                          ...SHARED,
                          'elk.direction': 'RIGHT',
                          'elk.padding': padding(own),
                          'elk.portConstraints': 'FIXED_POS',
                      },
                      children: region.places.flatMap((place) => {
                          const at = own.boxes.get(place.id);
                          return at === undefined ? [] : [node(place.id, { ...at, x: at.x - box.x, y: at.y - box.y })];
                      }),
                      edges: edgesIn(id),
                  },
              ];
    });
    return {
        id: 'root',
        layoutOptions: {
            ...SHARED,
            'elk.direction': 'DOWN',
            'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
        },
        children,
        edges: edgesIn(undefined),
    };
}

function startPort(link: string): string {
    return `${link}#start`;
}

function endPort(link: string): string {
    return `${link}#end`;
}

/** Lines meet the boxes where the own layout has them: straight ones stay straight. */
function portsOf(drawing: Drawing, own: Layout): ReadonlyMap<string, ElkPort[]> {
    const ports = drawing.links.flatMap((link) => {
        const points = own.routes.get(link.id)?.points ?? [];
        const ends = [
            { box: link.from, id: startPort(link.id), at: points[0] },
            { box: link.to, id: endPort(link.id), at: points.at(-1) },
        ];
        return ends.flatMap(({ box, id, at }) => {
            const corner = own.boxes.get(box);
            const port =
                at === undefined || corner === undefined
                    ? []
                    : [{ id, x: at.x - corner.x, y: at.y - corner.y, width: 0, height: 0 }];
            return port.map((found) => ({ box, port: found }));
        });
    });
    return new Map([...groupedBy(ports, ({ box }) => box)].map(([box, found]) => [box, found.map(({ port }) => port)]));
}

function padding(own: Layout): string {
    const side = hasField(own.packing) ? REGION.padding : 0;
    return `[top=${REGION.header},left=${side},bottom=${side},right=${side}]`;
}

/** ELK may need this much more room for a picture that is easier to read. */
const ROOM = 1.25;

/**
 * ELK's answer as positions in the drawing if it reads more easily than the own layout, which is returned otherwise: a
 * picture that has been seen moves only for the better. Throws if the answer lacks an element.
 */
export function applyElk(own: Layout, graph: ElkNode): Layout {
    const proposed = readElk(own, graph);
    const roomy = proposed.width * proposed.height > own.width * own.height * ROOM;
    return !roomy && standAsBefore(own, proposed) && effort(proposed) < effort(own) ? proposed : own;
}

/** Whether what stood above a region still does: there its nodes are looked for. */
function standAsBefore(own: Layout, proposed: Layout): boolean {
    const isAbove = (roof: Box, region: Box): boolean =>
        roof.x < region.x + region.width && region.x < roof.x + roof.width;
    const regions = own.packing.regions.map(({ id }) => id);
    const places = new Set(own.packing.regions.flatMap((region) => region.places.map(({ id }) => id)));
    return [...own.boxes].every(([id, box]) => {
        const moved = proposed.boxes.get(id);
        return (
            places.has(id) ||
            regions.every((region) => {
                const [before, after] = [own.boxes.get(region), proposed.boxes.get(region)];
                const known = before !== undefined && after !== undefined && moved !== undefined;
                return known && isAbove(box, before) === isAbove(moved, after);
            })
        );
    });
}

/** ELK's answer as positions. Throws if it lacks an element. */
export function readElk(own: Layout, graph: ElkNode): Layout {
    const boxes = new Map<string, Box>();
    const routes = new Map<string, Route>();
    const visit = (node: ElkNode, corner: Point): void => {
        for (const child of node.children ?? []) {
            const box = moved(boxOf(child), corner);
            boxes.set(child.id, box);
            visit(child, box);
        }
        for (const edge of node.edges ?? []) {
            routes.set(edge.id, routeOf(edge, corner));
        }
    };
    visit(graph, { x: 0, y: 0 });
    for (const id of own.boxes.keys()) {
        if (!boxes.has(id)) {
            throw new Error(`ELK left ${id} without a position.`);
        }
    }
    return { boxes, routes, packing: own.packing, width: graph.width ?? own.width, height: graph.height ?? own.height };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): Box {
    return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function routeOf(edge: ElkExtendedEdge, corner: Point): Route {
    const points = (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
    ]);
    const [words] = edge.labels ?? [];
    const label =
        words === undefined
            ? {}
            : {
                  label: moved(
                      { x: (words.x ?? 0) + (words.width ?? 0) / 2, y: (words.y ?? 0) + (words.height ?? 0) / 2 },
                      corner,
                  ),
              };
    return {
        points: points.map((point) => moved({ x: Math.round(point.x), y: Math.round(point.y) }, corner)),
        ...label,
    };
}
