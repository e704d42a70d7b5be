import { engineContext, majority, votesOf, type Engine, type Quorum } from '../../../engines/index.js';
import { counted, type Cluster, type Shard, type Topology } from '../../../topology/index.js';
import type * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import type { HalfTyped } from '../../resolve/half-typed.js';
import type { EngineLookup } from '../../services.js';
import { names, zoneName } from './places.js';
import { plain } from '../markdown.js';

export function clusterFacts(declaration: ast.Cluster, topology: Topology, engines: EngineLookup): string[] {
    const { name, engine: word, version } = declaration as HalfTyped<ast.Cluster>;
    const engine = engines.find(word ?? '');
    const head = `**cluster** ${plain(name ?? '')}: ${plain(engine?.title ?? word ?? '')}${versionText(version, engine)}`;
    const cluster = topology.clusters.find((each) => each.name === name);
    if (!cluster) return [head];
    return [
        head,
        `- ${membersText(cluster)}`,
        ...shardsText(cluster, topology).map((text) => `- ${text}`),
        ...quorumsOf(cluster, topology, engines).map((quorum) => `- ${quorumText(quorum)}`),
        ...(engine ? controlText(cluster, engine, topology) : []),
        ...addressText(cluster).map((text) => `- ${text}`),
        ...cluster.needs.map(
            ({ kind, operation, target }) =>
                `- ${kind === 'needs' ? 'Needs' : 'Wants'} ${operation}s of ${plain(target.text)}`,
        ),
    ];
}

function versionText(version: string | undefined, engine: Engine | undefined): string {
    if (version !== undefined) return ` ${plain(version)}`;
    const newest = engine?.versions.at(-1);
    return newest === undefined ? '' : `, defaults of ${newest}`;
}

function membersText({ members }: Cluster): string {
    const byRole = new Map<string, number>();
    for (const { roles } of members) for (const role of roles) byRole.set(role, (byRole.get(role) ?? 0) + 1);
    const roles = [...byRole].map(([role, count]) => `${String(count)} ${role}`);
    return `${counted(members.length, 'member')}${roles.length > 0 ? `: ${names(roles)}` : ''}`;
}

function shardsText(cluster: Cluster, topology: Topology): string[] {
    const copies = cluster.shards.reduce((sum, id) => sum + (topology.shards[id]?.copies.length ?? 0), 0);
    if (cluster.groups.length === 0 && cluster.shards.length <= 1) return [];
    const groups = cluster.groups.length > 0 ? ` in ${counted(cluster.groups.length, 'group')}` : '';
    return [`${counted(cluster.shards.length, 'shard')}${groups}, ${counted(copies, 'copy', 'copies')} in all`];
}

function controlText({ controlPlane }: Cluster, { controlPlane: spec }: Engine, topology: Topology): string[] {
    const first = controlPlane && topology.shards[controlPlane.shard]?.copies[0];
    const node = first === undefined ? undefined : topology.nodes[first];
    return spec && node ? [`- ${plain(node.name)} is ${spec.leader} at the start`] : [];
}

function addressText({ endpoints }: Cluster): string[] {
    return endpoints.map(({ kind, address, serves }) => {
        const what = serves === 'all' ? '' : `, serves ${serves}`;
        return `Address: ${kind}${address === undefined ? '' : ` ${plain(address)}`}${what}`;
    });
}

/** Who decides by majority in a cluster; nobody where its engine cannot say. */
export function quorumsOf(cluster: Cluster, topology: Topology, engines: EngineLookup): readonly Quorum[] {
    const engine = engines.find(cluster.engine);
    if (!engine) return [];
    try {
        return engine.quorums(engineContext(topology, cluster, engine)).filter(({ voters }) => voters.length > 0);
    } catch {
        // Of a half-written cluster an engine may not be able to say it.
        return [];
    }
}

/** `3 controllers: quorum 2 of 3, survives 1` */
export function quorumText(quorum: Quorum): string {
    const { one, many, voters } = quorum;
    return `${counted(voters.length, one, many)}: ${majorityText(quorum)}`;
}

/** `quorum 2 of 3, survives 1` */
export function majorityText(quorum: Quorum): string {
    const votes = votesOf(quorum);
    const needed = majority(votes);
    const lost = votes - needed;
    const losses = lost === 0 ? 'survives no loss' : `survives ${String(lost)}`;
    return `quorum ${String(needed)} of ${String(votes)}, ${losses}`;
}

/** @param name the shard or the group that was asked about */
export function groupFacts(declaration: ast.ShardGroup, name: string, topology: Topology): string[] {
    const cluster = topology.clusters.find((each) => each.name === ownerOf(declaration).name);
    const group = topology.groups.find((each) => each.cluster === cluster?.id && each.name === declaration.name);
    const shards = (cluster?.shards ?? []).flatMap((id) => topology.shards[id] ?? []);
    const one = shards.find((shard) => shard.name === name);
    const mine = one ? [one] : shards.filter((shard) => group !== undefined && shard.group === group.id);
    const head = `**${plain(declaration.word)}** ${plain(one ? name : declaration.name)}`;
    const count =
        one || !group ? [] : [`${counted(mine.length, 'shard')} with ${counted(group.copies, 'copy', 'copies')} each.`];
    return [head, ...count, shardLines(mine, topology)].filter((text) => text !== '');
}

/** Shards that are listed before the rest is counted. */
const MOST_SHARDS = 12;

function shardLines(shards: readonly Shard[], topology: Topology): string {
    const lines = shards.slice(0, MOST_SHARDS).map((shard) => `- ${shardText(shard, topology)}`);
    const rest = shards.length - lines.length;
    return [...lines, ...(rest > 0 ? [`- and ${String(rest)} more`] : [])].join('\n');
}

function shardText({ name, copies, placedBy }: Shard, topology: Topology): string {
    const places = copies.flatMap((id) => {
        const node = topology.nodes[id];
        if (!node) return [];
        const zone = zoneName(node.zone, topology);
        return [`${node.name}${zone === undefined ? '' : ` (${zone})`}`];
    });
    const who = placedBy === 'engine' ? ', placed by the engine' : '';
    return `${plain(name)} on ${places.length > 0 ? plain(places.join(', ')) : 'no node'}${who}`;
}
