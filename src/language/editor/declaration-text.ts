import type { AstNode } from 'langium';
import { addressAssumptions } from '../../engines/index.js';
import { figure, setDuration, type SharedAddress, type Topology } from '../../topology/index.js';
import * as ast from '../generated/ast.js';
import type { HalfTyped } from '../resolve/half-typed.js';
import { documentationOf } from '../resolve/source.js';
import type { EngineLookup } from '../services.js';
import { clusterFacts, groupFacts } from './hover/clusters.js';
import { nodeFacts } from './hover/nodes.js';
import { names, regionFacts, zoneFacts } from './hover/places.js';
import { plain } from './markdown.js';

/**
 * Markdown: what it is, the declaration's own documentation, then what it came to be.
 *
 * @param name the one that was asked about: a member of a range, or the declaration's own
 */
export function declarationMarkdown(
    declaration: AstNode,
    name: string,
    topology: Topology,
    engines: EngineLookup,
): string | undefined {
    const [head, ...facts] = factsOf(declaration, name, topology, engines);
    const documentation = documentationOf(declaration);
    const parts = [head ?? '', documentation ?? '', joined(facts)];
    return parts.filter((part) => part !== '').join('\n\n') || undefined;
}

function factsOf(declaration: AstNode, name: string, topology: Topology, engines: EngineLookup): string[] {
    if (ast.isRegion(declaration)) return regionFacts(declaration, topology);
    if (ast.isZone(declaration)) return zoneFacts(declaration, topology);
    if (ast.isNodes(declaration)) return nodeFacts(declaration, name, topology);
    if (ast.isCluster(declaration)) return clusterFacts(declaration, topology, engines);
    if (ast.isShardGroup(declaration)) return groupFacts(declaration, name, topology);
    if (ast.isWorkload(declaration)) return workloadFacts(declaration, topology);
    if (ast.isFailoverPolicy(declaration)) return policyFacts(declaration, topology);
    if (ast.isSharedEndpoint(declaration)) return addressFacts(declaration, topology);
    if (ast.isObjective(declaration)) return titled('objective', declaration);
    if (ast.isScenario(declaration)) return titled('scenario', declaration);
    return [];
}

function titled(kind: string, { name, title }: { readonly name: string; readonly title?: string }): string[] {
    return [`**${kind}** ${plain(name)}`, ...(title ? [plain(title)] : [])];
}

function workloadFacts({ name }: ast.Workload, topology: Topology): string[] {
    const head = `**workload** ${plain(name)}`;
    const workload = topology.workloads.find((each) => each.name === name);
    if (!workload) return [head];
    const { place, demands, arrivals } = workload;
    const standing =
        place === undefined
            ? undefined
            : place.kind === 'zone'
              ? topology.zones[place.zone]?.qualifiedName
              : topology.regions[place.region]?.name;
    return [
        head,
        standing === undefined
            ? 'Its clients stand outside of all places.'
            : `Its clients stand in ${plain(standing)}.`,
        ...(arrivals === 'poisson' ? ['Requests come at random.'] : []),
        ...demands.map(({ operation, target, rate, fromReplicas, settings }) => {
            const with_ = settings.map(({ key, values }) => `${key} = ${values.map(({ text }) => text).join(' ')}`);
            const from = fromReplicas ? ' from replicas' : '';
            return `- ${operation}s ${plain(target.text)} ${figure(rate)}/s${from}${with_.length > 0 ? ` with ${names(with_)}` : ''}`;
        }),
    ];
}

function policyFacts(declaration: ast.FailoverPolicy, topology: Topology): string[] {
    const { name, kind } = declaration as HalfTyped<ast.FailoverPolicy>;
    const users = topology.clusters.filter(({ failover }) => failover?.name === name);
    const policy = users[0]?.failover;
    return [
        `**failover-policy** ${plain(name ?? '')}: ${kind ?? ''}`,
        ...(policy?.detectMs === undefined ? [] : [`- A failure is noticed within ${setDuration(policy.detectMs)}`]),
        ...(policy?.promote === undefined ? [] : [`- The next one is promoted ${policy.promote}`]),
        ...(policy?.fence === undefined ? [] : [`- ${policy.fence ? 'The old one is fenced' : 'No fencing'}`]),
        ...(policy?.failback === undefined ? [] : [`- The old one becomes active again ${policy.failback}`]),
        users.length === 0 ? 'No cluster uses it.' : `Used by ${names(users.map((cluster) => cluster.name))}.`,
    ];
}

const LEADS: Readonly<Record<SharedAddress['by'], string>> = {
    failover: 'all clients to the first that passes its checks',
    latency: 'each client to the nearest that passes its checks',
    weight: 'requests in turn to all that pass their checks',
};

function addressFacts({ name }: ast.SharedEndpoint, topology: Topology): string[] {
    const address = topology.addresses.find((each) => each.name === name);
    if (!address) return [`**endpoint** ${plain(name)}`];
    const routes = address.routes.map(({ text }) => text);
    return [
        `**endpoint** ${plain(name)}: ${address.kind} ${plain(address.address ?? '')}`,
        `Leads to ${names(routes)}: ${LEADS[address.by]}.`,
        ...(address.ttlMs === undefined ? [] : [`Clients keep the answer for ${setDuration(address.ttlMs)}.`]),
        ...addressAssumptions(address),
    ];
}

/** Lines of a list stand together; sentences are paragraphs. */
function joined(facts: readonly string[]): string {
    return facts.reduce((text, fact) => {
        if (text === '') return fact;
        const inList = fact.startsWith('- ') && (text.split('\n').at(-1) ?? '').startsWith('- ');
        return `${text}${inList ? '\n' : '\n\n'}${fact}`;
    }, '');
}
