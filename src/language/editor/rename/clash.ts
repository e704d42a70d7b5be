import { assertNever } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import type { VisibleNames } from '../../names/visible.js';
import type { ClusterServices } from '../../services.js';
import { viewsOf } from '../naming/merged.js';
import type { Declaration, NamedSymbol } from '../naming/symbol.js';

export interface Clash {
    readonly name: string;
    readonly kind: string;
    readonly other: Declaration;
}

/** Who has one of these names already, in the same namespace, as far as anybody sees who sees the symbol. */
export function clashOf(
    { declarations: own, member }: NamedSymbol,
    names: Iterable<string>,
    services: ClusterServices,
): Clash | undefined {
    const views = viewsOf(own, services).map(({ root, documents }) => ({
        root,
        documents,
        names: services.names.Visibility.from(root),
    }));
    for (const name of names) {
        for (const view of views) {
            for (const declaration of own) {
                const found = namesakes(declaration, name, view).filter(
                    // The members of a range that keep their names stay in its way; of a renamed range all of them move.
                    (other) => member !== undefined || !own.includes(other),
                );
                const [other] = found;
                if (other) return { name, kind: kindOf(other), other };
            }
        }
    }
    return undefined;
}

interface View {
    readonly root: ast.Document;
    readonly documents: readonly ast.Document[];
    readonly names: VisibleNames;
}

function namesakes(declaration: Declaration, name: string, view: View): Declaration[] {
    const { names } = view;
    switch (declaration.$type) {
        case 'Region':
            return some(names.region(name));
        case 'Zone':
            return some(names.zone(declaration.$container.name, name));
        case 'Cluster':
        case 'Workload':
        case 'SharedEndpoint':
            return some(names.target(name));
        case 'FailoverPolicy':
            return some(names.policy(name));
        case 'Nodes':
            return nodesCalled(declaration, name, names);
        case 'ShardGroup':
            return [...(names.inCluster(ownerOf(declaration))?.groups.all(name) ?? [])];
        case 'Objective':
            return declared(view.root, name, ast.isObjective);
        case 'Scenario':
            return declared(view.root, name, ast.isScenario);
        default:
            return assertNever(declaration);
    }
}

/** A node of a zone has its name everywhere; that of a cluster shares it with the cluster's and the zones' only. */
function nodesCalled(declaration: ast.Nodes, name: string, names: VisibleNames): Declaration[] {
    const found = names.nodes(name);
    if (ast.isZone(declaration.$container)) return found;
    return found.filter(({ $container: container }) => ast.isZone(container) || container === declaration.$container);
}

function declared(
    { declarations }: ast.Document,
    name: string,
    is: (node: unknown) => node is ast.Objective | ast.Scenario,
): Declaration[] {
    return declarations.filter(is).filter((each) => each.name === name);
}

function some<T>(value: T | undefined): T[] {
    return value === undefined ? [] : [value];
}

const WORDS: Readonly<Record<Declaration['$type'], string>> = {
    Region: 'region',
    Zone: 'zone',
    Nodes: 'node',
    Cluster: 'cluster',
    ShardGroup: 'group or shard',
    Workload: 'workload',
    FailoverPolicy: 'failover policy',
    SharedEndpoint: 'shared endpoint',
    Objective: 'objective',
    Scenario: 'scenario',
};

export function kindOf(declaration: Declaration): string {
    return WORDS[declaration.$type];
}
