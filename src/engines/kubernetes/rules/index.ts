/** What a Kubernetes cluster still does after nodes lost power at one instant. */
import type {
    DelayBound,
    DelayPart,
    FailureState,
    Locality,
    LossBound,
    Refusal,
    ServiceRules,
    ServiceState,
} from '../../../proof/index.js';
import { clientStreams } from '../../../simulator/index.js';
import type { NodeId, Operation, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { audienceOf, type Audience } from '../../shared/audience.js';
import { balancerParts } from '../../shared/balancer/index.js';
import { majority } from '../../shared/checks/quorum.js';
import { storesElsewhere } from '../../shared/stores.js';
import { controlPlaneConfig, etcdConfig, podStartMs, renewalMs, type ControlPlaneConfig } from '../config.js';
import { controlPlaneNodes, hasMajority, type ControlPlaneNodes } from '../control-plane.js';
import { DATA_NOT_MODELLED } from '../data.js';
import { balancerOf } from '../entrance.js';
import { podSets, type PodSet } from '../pod-sets.js';
import { isWorker } from '../roles.js';
import { etcdElection, evictionTurns, leaseTakeover, notReady, total } from './detection.js';
import { kubernetesLocality } from './locality.js';
import { givingUp, replacementsFor, type GivingUp, type Replacements } from './replacement.js';

const SERVES: ServiceState = { serves: true };
const AT_ONCE: DelayBound = { minMs: 0, maxMs: 0, parts: [], assumptions: [] };
/** Clients look in the background whether a server that failed them answers again; see "Request" in the language. */
const BACKGROUND_CHECK_MS = 10_000;

export function rules(context: EngineContext): ServiceRules {
    return new KubernetesRules(context);
}

class KubernetesRules implements ServiceRules {
    /** A zone that is lost as a whole is given up sooner than one that is lost in part. */
    readonly monotone = false;
    readonly locality: Locality;
    private readonly config: ControlPlaneConfig;
    private readonly plane: ControlPlaneNodes;
    private readonly sets: ReadonlyMap<ShardId, PodSet>;
    private readonly workers: readonly NodeId[];
    private readonly isWorker: ReadonlySet<NodeId>;
    private readonly longestRenewalMs: number;
    /** What is the same for all groups of a state. */
    private readonly given = new WeakMap<FailureState, GivingUp>();
    private watched: ReadonlySet<string> | undefined;

    constructor(private readonly context: EngineContext) {
        this.config = controlPlaneConfig(context);
        this.plane = controlPlaneNodes(context);
        this.sets = new Map(podSets(context).map((set) => [set.shard, set]));
        this.workers = context.cluster.members.filter(isWorker).map(({ node }) => node);
        this.isWorker = new Set(this.workers);
        this.longestRenewalMs = Math.max(...context.cluster.members.map((member) => renewalMs(context, member)));
        this.locality = kubernetesLocality(this, context, this.plane, this.sets);
    }

    serves(shard: ShardId, operation: Operation, state: FailureState): ServiceState {
        const set = this.sets.get(shard);
        return set === undefined ? this.apiServes(state) : this.podsServe(set, shard, operation, state);
    }

    private apiServes(state: FailureState): ServiceState {
        const { etcd } = this.plane;
        if (!hasMajority(this.plane, isAliveIn(state))) {
            const left = etcd.filter(isAliveIn(state)).length;
            return refuses(
                `${left} of ${etcd.length} etcd members are left and ${majority(etcd.length)} are needed, so the API of ${this.name} takes no requests`,
            );
        }
        return this.plane.apiServers.some(isAliveIn(state)) ? SERVES : refuses(`no API server of ${this.name} is left`);
    }

    private podsServe(set: PodSet, shard: ShardId, operation: Operation, state: FailureState): ServiceState {
        const { group, nodes } = set;
        const left = nodes.filter(isAliveIn(state)).length;
        const lost = nodes.find((node) => !state.alive[node]);
        if (lost !== undefined && !this.isControlled(state)) {
            const refusal = refuses(
                `the control plane is gone with ${this.nameOf(lost)}, so requests go on being sent to the dead pod of ${group.name} there`,
            );
            return left > 0 ? { ...refusal, isPart: true } : refusal;
        }
        const enough = this.enoughPods(set, left, state);
        return enough.serves || enough.isOpen === true ? (this.sentToDead(shard, operation, state) ?? enough) : enough;
    }

    /** Whether an address that checks nobody goes on sending requests to a dead worker. */
    private sentToDead(shard: ShardId, operation: Operation, state: FailureState): Refusal | undefined {
        const dead = this.deadWorker(state);
        if (this.balancer === undefined || this.balancer.check !== undefined || dead === undefined) {
            return undefined;
        }
        const refusal = refuses(
            `${this.balancer.address} has no health check and goes on sending requests to ${this.nameOf(dead)}, which is without power`,
        );
        // A client that tries again meets another worker, or the same: chance decides.
        const partly = { ...refusal, isPart: true } as const;
        return audienceOf(this.context.topology, shard, operation).triesOnce ? partly : { ...partly, isOpen: true };
    }

    private enoughPods(set: PodSet, left: number, state: FailureState): ServiceState {
        const { group, nodes, required } = set;
        if (left >= required) {
            return SERVES;
        }
        const { count, possible } = this.replacements(set, state);
        if (left + count >= required) {
            return SERVES;
        }
        const have = `${left} of ${nodes.length} pods of ${group.name} are left`;
        return left + possible >= required
            ? {
                  ...refuses(
                      `${have}, ${required} are needed, and in which order the nodes are given up decides whether ${count} or up to ${possible} come anew`,
                  ),
                  isOpen: true,
              }
            : refuses(`${have}, ${possible} can come anew, and ${required} are needed`);
    }

    /** The managed one is taken to come back; no member of it is declared. */
    private isControlled(state: FailureState): boolean {
        return this.plane.isManaged || this.apiServes(state).serves;
    }

    capacity(state: FailureState): number {
        return this.context.cluster.members
            .filter((member) => isWorker(member) && state.alive[member.node] === 1)
            .reduce((sum, { capacity }) => sum + (capacity ?? Infinity), 0);
    }

    recovery(shard: ShardId, operation: Operation, state: FailureState): DelayBound {
        const audience = audienceOf(this.context.topology, shard, operation);
        const set = this.sets.get(shard);
        const found = set === undefined ? this.apiRecovery(state) : this.podsRecovery(set, state);
        if (found === undefined) {
            return AT_ONCE;
        }
        const clients = this.clientsLearn(shard, operation, audience, set === undefined);
        const parts = [...found.parts, ...clients, audience.part];
        const certain = total(found.parts, 'minMs');
        return {
            // Clients that wait long enough, or meet living pods only, may never see a request fail.
            minMs: found.isDark && audience.leastPatienceMs < certain ? certain : 0,
            maxMs: total(parts, 'maxMs'),
            parts,
            assumptions: this.assumptions(set, found.isDark),
        };
    }

    private apiRecovery(state: FailureState): Found | undefined {
        const { etcd, apiServers } = this.plane;
        const isHit = [...etcd, ...apiServers].some((node) => !state.alive[node]);
        const parts = etcd.some((node) => !state.alive[node]) ? etcdElection(etcdConfig(this.context)) : [];
        return isHit ? { parts, isDark: false } : undefined;
    }

    private podsRecovery(set: PodSet, state: FailureState): Found | undefined {
        const lost = set.nodes.filter((node) => !state.alive[node]).length;
        const entrance = this.deadWorker(state) !== undefined ? this.entranceParts() : undefined;
        if (lost === 0) {
            return entrance && { parts: entrance, isDark: false };
        }
        const isDark = set.nodes.length - lost < set.required;
        const noticed = [...this.controllerParts(state), ...(isDark ? this.replacementParts(set, state) : [])];
        const slower = total(entrance ?? [], 'maxMs') > total(noticed, 'maxMs') ? (entrance ?? []) : noticed;
        return { parts: isDark ? noticed : slower, isDark };
    }

    /** Until the load balancer, if there is one, no longer asks dead workers. */
    private entranceParts(): readonly DelayPart[] {
        return this.balancer === undefined ? [] : balancerParts(this.balancer);
    }

    private controllerParts(state: FailureState): readonly DelayPart[] {
        const { apiServers, etcd, isManaged } = this.plane;
        const detection = notReady(this.config, this.longestRenewalMs);
        if (isManaged) {
            return [...this.managedParts(), detection];
        }
        const isHit = [...apiServers, ...etcd].some((node) => !state.alive[node]);
        const outage = total(etcdElection(etcdConfig(this.context)), 'maxMs');
        return isHit ? [leaseTakeover(this.config, outage), detection] : [detection];
    }

    private managedParts(): readonly DelayPart[] {
        const assumed = this.context.cluster.assumptions.findLast(({ what }) => what === 'failover');
        return [{ label: 'failover of the managed control plane', minMs: 0, maxMs: assumed?.maximumMs ?? Infinity }];
    }

    private replacementParts(set: PodSet, state: FailureState): readonly DelayPart[] {
        const start = podStartMs(this.context, set.group);
        return [
            evictionTurns(this.replacements(set, state)),
            { label: '`tolerationSeconds`', minMs: set.tolerationMs, maxMs: set.tolerationMs },
            { label: 'a new pod starts', minMs: start, maxMs: start },
        ];
    }

    /** Clients that know the servers pass over one that failed them, even where it was not the one to blame. */
    private clientsLearn(
        shard: ShardId,
        operation: Operation,
        audience: Audience,
        isApi: boolean,
    ): readonly DelayPart[] {
        const servers = isApi ? this.plane.apiServers.length : this.workers.length;
        const isWatched = this.watchedByWorkloads().has(`${shard} ${operation}`);
        if ((this.balancer !== undefined && !isApi) || !isWatched) {
            return [];
        }
        return [
            {
                label: 'clients ask again servers that failed them',
                minMs: 0,
                maxMs: BACKGROUND_CHECK_MS + Math.ceil(servers * audience.periodMs) + 2 * audience.timeoutMs,
            },
        ];
    }

    private assumptions(set: PodSet | undefined, isReplaced: boolean): readonly string[] {
        const network = 'Messages take a millisecond, and what the API holds reaches every watcher at once.';
        return [
            network,
            'An election of etcd has at most one round without a winner.',
            ...(set !== undefined && isReplaced
                ? [
                      `A new pod of ${set.group.name} is ready ${podStartMs(this.context, set.group) / 1000} s after it got its place (\`assumed-pod-start-time\`), and nodes have room for it.`,
                  ]
                : []),
        ];
    }

    /** The API answers after a majority of etcd has a write on disk; what pods keep is another matter. */
    loss(shard: ShardId): LossBound {
        return (this.sets.has(shard) && !storesElsewhere(this.context.cluster)) || this.plane.apiServers.length === 0
            ? { kind: 'within', windowMs: Infinity, reason: DATA_NOT_MODELLED, isModelled: false }
            : { kind: 'none' };
    }

    private replacements(set: PodSet, state: FailureState): Replacements {
        const known = this.given.get(state) ?? givingUp(this.context, this.config, state);
        this.given.set(state, known);
        return replacementsFor(this.context, set, known);
    }

    private deadWorker({ failed }: FailureState): NodeId | undefined {
        return failed.find((node) => this.isWorker.has(node));
    }

    private watchedByWorkloads(): ReadonlySet<string> {
        this.watched ??= new Set(
            clientStreams(this.context.topology, 0)
                .filter(({ workload }) => workload !== undefined)
                .map(({ shard, operation }) => `${shard} ${operation}`),
        );
        return this.watched;
    }

    private get balancer(): ReturnType<typeof balancerOf> {
        return balancerOf(this.context.cluster);
    }

    private get name(): string {
        return this.context.cluster.name;
    }

    private nameOf(node: NodeId): string {
        return this.context.topology.nodes[node]!.name;
    }
}

interface Found {
    readonly parts: readonly DelayPart[];
    /** Too few pods are left until new ones come. */
    readonly isDark: boolean;
}

function isAliveIn(state: FailureState): (node: NodeId) => boolean {
    return (node) => state.alive[node] === 1;
}

/** @param why the end of a sentence that may stand alone */
function refuses(why: string): Refusal {
    return { serves: false, reason: why };
}
