import type { Position, Shard, Topology } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { nameSource, sourceOf } from '../../resolve/source.js';
import type { EditorServices } from '../services.js';
import { isLed, sameStart } from './copies.js';
import type { Incoming, Part } from './part.js';

/** Shards with a copy on a node, and clusters that are one service with a part on it, in all files. */
export function holders({ declaration, member }: Part, services: EditorServices): Incoming[] {
    if (!ast.isNodes(declaration)) return [];
    const source = nameSource(declaration);
    return services.shared.workspace.LangiumDocuments.all.toArray().flatMap((document) => {
        const root = document.parseResult.value;
        const topology = services.editor.Results.of(document)?.topology;
        if (!topology || !ast.isDocument(root)) return [];
        const own = new Set(
            topology.nodes
                .filter((node) => sameStart(node.source, source) && (member === undefined || node.name === member))
                .map(({ id }) => id),
        );
        const held = own.size === 0 ? [] : topology.shards.filter(({ copies }) => copies.some((id) => own.has(id)));
        if (held.length === 0) return [];
        const statements = statementsOf(root);
        return held.flatMap((shard) => {
            const part = partOfShard(shard, document.uri.toString(), statements, topology);
            if (!part) return [];
            const isLeader = own.has(shard.copies[0] ?? -1) && isLed(shard, topology);
            return [{ from: isLeader ? { ...part, detail: 'led from here' } : part, ranges: [] }];
        });
    });
}

/** What a document declares in the way of shards, by where its name and where its statement begins. */
function statementsOf({ declarations }: ast.Document): ReadonlyMap<string, ast.Cluster | ast.ShardGroup> {
    const found = new Map<string, ast.Cluster | ast.ShardGroup>();
    for (const cluster of declarations.filter(ast.isCluster)) {
        for (const each of [cluster, ...cluster.items.filter(ast.isShardGroup)]) {
            found.set(key(nameSource(each).start), each).set(key(sourceOf(each).start), each);
        }
    }
    return found;
}

function key({ line, character }: Position): string {
    return `${String(line)}:${String(character)}`;
}

/** Undefined for a shard of another document, which is looked at on its own. */
function partOfShard(
    { id, name, group, source, cluster }: Shard,
    uri: string,
    statements: ReturnType<typeof statementsOf>,
    { groups, clusters }: Topology,
): Part | undefined {
    const written = group === undefined ? source : groups[group]?.source;
    if (!written || written.uri !== uri || clusters[cluster]?.controlPlane?.shard === id) return undefined;
    const declaration = statements.get(key(written.start));
    return declaration && (declaration.name === name ? { declaration } : { declaration, member: name });
}
