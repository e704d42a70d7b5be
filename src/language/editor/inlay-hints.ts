import type { CstNode, LangiumDocument } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import type { InlayHint, InlayHintParams, Position, Range } from 'vscode-languageserver';
import type { Engine } from '../../engines/index.js';
import { counted, parseQuantity, type Cluster, type SourceRange, type Topology } from '../../topology/index.js';
import * as ast from '../generated/ast.js';
import { writtenProperty } from '../names/written.js';
import type { HalfTyped } from '../resolve/half-typed.js';
import { nameSource } from '../resolve/source.js';
import { majorityText, quorumsOf, quorumText } from './hover/clusters.js';
import { declaredNodes, spreadText } from './hover/nodes.js';
import type { EditorServices } from './services.js';

/** What a reader would have to work out: copies in all, quorums, where nodes of a range stand, units that are left out. */
export class ClusterInlayHints implements InlayHintProvider {
    constructor(private readonly services: EditorServices) {}

    getInlayHints(document: LangiumDocument, { range }: InlayHintParams): InlayHint[] {
        const root = document.parseResult.value;
        const result = ast.isDocument(root) ? this.services.editor.Results.of(document) : undefined;
        if (!result || !ast.isDocument(root)) return [];
        const clusters = root.declarations.filter(ast.isCluster).filter((each) => touches(each.$cstNode, range));
        return clusters
            .flatMap((declaration) => this.clusterHints(declaration, result.topology, range))
            .filter(({ position }) => contains(range, position));
    }

    private clusterHints(declaration: ast.Cluster, topology: Topology, range: Range): InlayHint[] {
        const { name, engine: word } = declaration as HalfTyped<ast.Cluster>;
        const cluster = topology.clusters.find((each) => each.name === name);
        const engine = this.services.engines.Lookup.find(word ?? '');
        if (!cluster || !engine) return [];
        const items = declaration.items.filter((item) => touches(item.$cstNode, range));
        return [
            ...this.quorumHints(declaration, cluster, topology),
            ...items.filter(ast.isShardGroup).flatMap((item) => copiesHint(item, cluster, topology)),
            ...items.filter(ast.isNodes).flatMap((item) => spreadHint(item, topology)),
            ...items.flatMap((item) => settingsOf(item)).flatMap((block) => unitHints(block, engine, range)),
        ];
    }

    /** At the first declaration of the voters; where that is of them all, it says already who and how many they are. */
    private quorumHints(declaration: ast.Cluster, cluster: Cluster, topology: Topology): InlayHint[] {
        const uri = topology.uri;
        return quorumsOf(cluster, topology, this.services.engines.Lookup).flatMap((quorum) => {
            const [first] = quorum.declarations;
            if (first?.uri !== uri || !declaration.$cstNode) return [];
            const voters = quorum.voters.map((id) => topology.nodes[id]?.name ?? '').slice(0, MOST_VOTERS);
            const more = quorum.voters.length > voters.length ? ', …' : '';
            const isOfAll = quorum.declarations.every(
                ({ uri: its, start }) => its === uri && isSame(start, first.start),
            );
            return [
                {
                    position: endOfRoles(declaration, first) ?? first.end,
                    label: isOfAll ? majorityText(quorum) : quorumText(quorum),
                    paddingLeft: true,
                    tooltip: `${quorum.many}: ${voters.join(', ')}${more}. Without a majority ${quorum.without}.`,
                },
            ];
        });
    }
}

/** Behind the roles of the nodes that are declared somewhere, where the statement's own words end. */
function endOfRoles(declaration: ast.Cluster, { start }: SourceRange): Position | undefined {
    const voters = declaration.items
        .filter(ast.isNodes)
        .find((statement) => isSame(nameSource(statement).start, start));
    return voters && writtenProperty(voters, 'roles', voters.roles.length - 1)?.range.end;
}

function isSame(left: Position, right: Position): boolean {
    return left.line === right.line && left.character === right.character;
}

/** Voters that a tooltip names. */
const MOST_VOTERS = 15;

/** Copies in all, whatever the system counts: behind `replicas`, or behind the name where nothing is said. */
function copiesHint(statement: ast.ShardGroup, cluster: Cluster, topology: Topology): InlayHint[] {
    const group = topology.groups.find((each) => each.cluster === cluster.id && each.name === statement.name);
    const replicas = statement.items.find(ast.isReplicas);
    const at = replicas?.$cstNode ?? writtenProperty(statement, 'name');
    if (!group || !at || group.copies === 0) return [];
    const byHand = group.shards.some((id) => topology.shards[id]?.placedBy === 'file');
    if (!replicas && byHand) return [];
    return [
        {
            position: at.range.end,
            label: counted(group.copies, 'copy', 'copies'),
            paddingLeft: true,
            tooltip: 'Copies of each shard in all, however the system counts them.',
        },
    ];
}

function spreadHint(statement: ast.Nodes, topology: Topology): InlayHint[] {
    const places = statement.places.at(-1)?.$cstNode ?? writtenProperty(statement, 'everyZone');
    if (!places) return [];
    const label = spreadText(declaredNodes(statement, topology), topology);
    return label === '' ? [] : [{ position: places.range.end, label, paddingLeft: true }];
}

function settingsOf(item: ast.ClusterItem): ast.Settings[] {
    if (ast.isSettings(item)) return [item];
    if (ast.isNodes(item) || ast.isShardGroup(item)) return (item.items as ast.NodeItem[]).filter(ast.isSettings);
    return [];
}

/** The unit of a bare number where the key of the real system has one. */
function unitHints(block: ast.Settings, engine: Engine, range: Range): InlayHint[] {
    return block.entries.flatMap((entry) => {
        const { key, values } = entry as HalfTyped<ast.Setting>;
        const type = engine.settings.find((each) => each.key === key)?.type;
        const [value] = values;
        if (type?.kind !== 'duration' || !value?.$cstNode || !ast.isNumberValue(value)) return [];
        if (!touches(value.$cstNode, range) || parseQuantity(value.value)?.unit !== '') return [];
        return value.value === type.noLimit || type.refusesBare !== undefined
            ? []
            : [{ position: value.$cstNode.range.end, label: type.unit }];
    });
}

function touches(node: CstNode | undefined, { start, end }: Range): boolean {
    return node !== undefined && node.range.end.line >= start.line && node.range.start.line <= end.line;
}

function contains({ start, end }: Range, { line, character }: Position): boolean {
    const after = line > start.line || (line === start.line && character >= start.character);
    return after && (line < end.line || (line === end.line && character <= end.character));
}
