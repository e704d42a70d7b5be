import {
    AstUtils,
    EMPTY_SCOPE,
    stream,
    type AstNode,
    type AstNodeDescription,
    type ReferenceInfo,
    type Scope,
    type ScopeProvider,
    type Stream,
} from 'langium';
import type { ClusterServices } from '../services.js';
import * as ast from '../generated/ast.js';
import type { ClusterNames } from './symbols.js';
import type { VisibleNames, Visibility } from './visible.js';
import type { HalfTyped } from '../resolve/half-typed.js';

/** Looks a name up on demand; all names are listed for completion only. */
class LookupScope implements Scope {
    constructor(
        private readonly find: (name: string) => AstNode | undefined,
        private readonly list: () => Iterable<[string, AstNode]>,
    ) {}

    getElement(name: string): AstNodeDescription | undefined {
        const node = this.find(name);
        return node && describe(name, node);
    }

    getElements(name: string): Stream<AstNodeDescription> {
        const element = this.getElement(name);
        return stream(element ? [element] : []);
    }

    getAllElements(): Stream<AstNodeDescription> {
        return stream([...this.list()].map(([name, node]) => describe(name, node)));
    }
}

function describe(name: string, node: AstNode): AstNodeDescription {
    const document = AstUtils.getDocument(node);
    return { name, node, type: node.$type, documentUri: document.uri, path: '' };
}

export class ClusterScopeProvider implements ScopeProvider {
    private readonly visibility: Visibility;

    constructor(services: ClusterServices) {
        this.visibility = services.names.Visibility;
    }

    getScope({ container, property }: ReferenceInfo): Scope {
        const visible = this.visibility.fromNode(container);
        if (ast.isPlaceRef(container)) return placeScope(container, property, visible);
        if (ast.isNodeRef(container)) return nodeScope(container, property, visible);
        if (ast.isTargetRef(container)) return targetScope(container, property, visible);
        if (ast.isFailover(container)) {
            return new LookupScope(
                (name) => visible.policy(name),
                () => visible.policyEntries(),
            );
        }
        if (ast.isExpectAvailability(container)) return workloadScope(visible);
        if (ast.isRoll(container) || ast.isPromote(container) || ast.isSwitchover(container))
            return clusterScope(visible);
        return EMPTY_SCOPE;
    }
}

function placeScope(place: ast.PlaceRef, property: string, visible: VisibleNames): Scope {
    if (property === 'region')
        return new LookupScope(
            (name) => visible.region(name),
            () => visible.regionEntries(),
        );
    const region = (place as HalfTyped<ast.PlaceRef>).region?.$refText ?? '';
    return new LookupScope(
        (name) => visible.zone(region, name),
        () => visible.zoneEntries(region),
    );
}

function targetScope(target: ast.TargetRef, property: string, visible: VisibleNames): Scope {
    if (property === 'cluster')
        return new LookupScope(
            (name) => visible.target(name),
            () => visible.targetEntries(),
        );
    const cluster = (target as HalfTyped<ast.TargetRef>).cluster?.ref;
    const names = cluster && ast.isCluster(cluster) ? visible.inCluster(cluster) : undefined;
    return new LookupScope(
        (name) => names?.groups.get(name),
        () => names?.groups.entries() ?? [],
    );
}

function nodeScope(reference: ast.NodeRef, property: string, visible: VisibleNames): Scope {
    if (property === 'cluster') return clusterScope(visible);
    if (reference.cluster) {
        const cluster = reference.cluster.ref;
        const names = cluster && visible.inCluster(cluster);
        return new LookupScope(
            (name) => names?.nodes.get(name),
            () => names?.nodes.entries() ?? [],
        );
    }
    const own = ownCluster(reference, visible);
    return new LookupScope(
        (name) => own?.nodes.get(name) ?? onlyOne(visible.nodes(name)),
        () => [...(own?.nodes.entries() ?? []), ...visible.nodeEntries()],
    );
}

/** Inside its own block a cluster's nodes come before all others. */
function ownCluster(reference: ast.NodeRef, visible: VisibleNames): ClusterNames | undefined {
    const cluster = AstUtils.getContainerOfType(reference, ast.isCluster);
    return cluster && visible.inCluster(cluster);
}

/** A bare name that several clusters declare means none of them; the message asks for the cluster's name. */
function onlyOne<T>(found: readonly T[]): T | undefined {
    return found.length === 1 ? found[0] : undefined;
}

function clusterScope(visible: VisibleNames): Scope {
    const find = (name: string): ast.Cluster | undefined => {
        const target = visible.target(name);
        return target && ast.isCluster(target) ? target : undefined;
    };
    return new LookupScope(find, () => visible.clusterEntries());
}

function workloadScope(visible: VisibleNames): Scope {
    const find = (name: string): ast.Workload | undefined => {
        const target = visible.target(name);
        return target && ast.isWorkload(target) ? target : undefined;
    };
    return new LookupScope(find, () => visible.targetEntries().filter(([, target]) => ast.isWorkload(target)));
}
