import { AstUtils, type LangiumDocument, type Reference } from 'langium';
import { closest, type Finding, type Fix, type SourceRange } from '../../topology/index.js';
import * as ast from '../generated/ast.js';
import type { VisibleNames } from '../names/visible.js';
import type { HalfTyped } from '../resolve/half-typed.js';
import { writtenName } from '../names/quoting.js';
import { meant, replacements } from '../resolve/report.js';
import { uriOf } from '../resolve/source.js';

/** Names that lead nowhere. A segment behind an unknown one is not told again. */
export function checkLinks(document: LangiumDocument, visible: VisibleNames): Finding[] {
    return document.references.flatMap((reference) => {
        const error = 'ref' in reference ? reference.error : undefined;
        if (!error || !('ref' in reference)) return [];
        const { container, property } = error.info;
        if (followsUnknown(container, property)) return [];
        return [linkFinding(reference, container, property, visible)];
    });
}

function followsUnknown(container: object, property: string): boolean {
    if (ast.isPlaceRef(container)) return property === 'zone' && !(container as HalfTyped<ast.PlaceRef>).region?.ref;
    if (ast.isNodeRef(container))
        return property === 'node' && container.cluster !== undefined && !container.cluster.ref;
    if (ast.isTargetRef(container)) {
        return property !== 'cluster' && !(container as HalfTyped<ast.TargetRef>).cluster?.ref;
    }
    return false;
}

function linkFinding(reference: Reference, container: object, property: string, visible: VisibleNames): Finding {
    const name = reference.$refText;
    const { what, where = 'here', candidates } = expected(container, property, visible);
    const ambiguous = what === 'node' ? visible.nodes(name) : [];
    const at = sourceOfReference(reference, container);
    const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
    if (ambiguous.length > 1 && ast.isNodeRef(container) && !container.cluster) {
        const names = ambiguous.map((node) =>
            ast.isCluster(node.$container) ? `${node.$container.name}.${name}` : name,
        );
        return {
            code: 'language/ambiguous-name',
            severity: 'error',
            message: `Several clusters have a node '${shown}', so it is not clear which one is meant.`,
            help: `Write ${names.slice(0, 5).join(' or ')}.`,
            source: at,
            fixes: ambiguous.slice(0, 5).flatMap((node) => qualified(node, name, at)),
        };
    }
    const zones = property === 'region' && ast.isPlaceRef(container) ? zonesNamed(name, container, visible) : [];
    if (zones.length > 0) return bareZone(shown, name, zones, at);
    if (property === 'region' && visible.nodes(name).length > 0) return bareNode(shown, container, at);
    const similar = closest(name, candidates());
    return {
        code: 'language/unknown-name',
        severity: 'error',
        message: `There is no ${what} '${shown}' ${where}.`,
        help: similar ? meant(similar) : `Declare it, or import the file that does.`,
        source: at,
        fixes: replacements(at, similar === undefined ? undefined : writtenName(similar)),
    };
}

/** Regions that have a zone of this name; those of the cluster itself, if they have it. Nothing for the name of a whole place. */
function zonesNamed(name: string, place: HalfTyped<ast.PlaceRef>, visible: VisibleNames): readonly string[] {
    if (place.zone) return [];
    const having = (regions: readonly string[]): string[] => [
        ...new Set(regions.filter((region) => visible.zone(region, name))),
    ];
    const cluster = AstUtils.getContainerOfType(place.$container, ast.isCluster);
    const own = having((cluster?.places ?? []).map((each: HalfTyped<ast.PlaceRef>) => each.region?.$refText ?? ''));
    return own.length > 0 ? own : having(visible.regionEntries().map(([region]) => region));
}

/** `across a, b`: the zone is there, and its region is not said. */
function bareZone(shown: string, name: string, regions: readonly string[], source: SourceRange): Finding {
    const written = regions.slice(0, 5).map((region) => `${writtenName(region)}.${writtenName(name)}`);
    return {
        code: 'language/unknown-name',
        severity: 'error',
        message: `There is no region '${shown}' here. Zone ${shown} is written ${written.join(' or ')}.`,
        help: 'Write the region in front of its zone.',
        source,
        fixes: written.flatMap((text) => replacements(source, text)),
    };
}

/** `partition n-1 | n-2`: the node is there, and nothing says that it is one. */
function bareNode(shown: string, place: object, source: SourceRange): Finding {
    const written = `node ${writtenName(shown)}`;
    return {
        code: 'language/unknown-name',
        severity: 'error',
        message: `There is no region '${shown}' here. It is a node.`,
        help: `Write: ${written}.`,
        source,
        fixes: ast.isPlaceRef(place) && ast.isSideMember(place.$container) ? replacements(source, written) : [],
    };
}

function qualified({ $container }: ast.Nodes, name: string, at: SourceRange): readonly Fix[] {
    return ast.isCluster($container) ? replacements(at, `${writtenName($container.name)}.${writtenName(name)}`) : [];
}

interface Expected {
    readonly what: string;
    /** `in us-east-1`; `here` unless said. */
    readonly where?: string;
    readonly candidates: () => Iterable<string>;
}

function expected(container: object, property: string, visible: VisibleNames): Expected {
    const names = (entries: Iterable<[string, unknown]>): Iterable<string> => [...entries].map(([name]) => name);
    if (ast.isPlaceRef(container)) {
        return property === 'region'
            ? { what: 'region', candidates: () => names(visible.regionEntries()) }
            : {
                  what: 'zone',
                  where: `in ${container.region.$refText}`,
                  candidates: () => names(visible.zoneEntries(container.region.$refText)),
              };
    }
    if (ast.isNodeRef(container) && property === 'node') {
        return { what: 'node', candidates: () => names(visible.nodeEntries()) };
    }
    if (ast.isTargetRef(container) && property === 'group') {
        const cluster = container.cluster.ref;
        const groups = cluster && ast.isCluster(cluster) ? visible.inCluster(cluster)?.groups : undefined;
        const where = `in ${container.cluster.$refText}`;
        return { what: 'group or shard', where, candidates: () => names(groups?.entries() ?? []) };
    }
    if (ast.isTargetRef(container))
        return { what: 'cluster or workload', candidates: () => names(visible.targetEntries()) };
    if (ast.isFailover(container)) return { what: 'failover policy', candidates: () => names(visible.policyEntries()) };
    if (ast.isExpectAvailability(container))
        return { what: 'workload', candidates: () => names(visible.targetEntries()) };
    return { what: 'cluster', candidates: () => names(visible.clusterEntries()) };
}

function sourceOfReference(reference: Reference, container: object): SourceRange {
    const start = { line: 0, character: 0 };
    const uri = uriOf(container as ast.PlaceRef);
    return { uri, ...(reference.$refNode?.range ?? { start, end: start }) };
}
