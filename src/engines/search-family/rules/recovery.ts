/** How long clients find a shard unavailable after nodes lost power at one instant. */
import type { DelayBound, DelayPart, FailureState } from '../../../proof/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import type { Operation, Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { audienceOf, type Audience } from '../../shared/audience.js';
import { delayedMs, longestWait, silenceMs, wantedCopies, type CheckTimes, type SearchConfig } from '../config.js';
import { entryNodes } from '../entries.js';
import { electableMembers, type SearchProduct } from '../product.js';
import { ASSUMED_SHARD_SIZE, RECOVERY_RATE } from '../settings/allocation.js';

/** A client looks again after this time at a node that failed it; see "Request" in the language. */
const CLIENT_CHECK_MS = 10_000;

export interface Loss {
    readonly shard: Shard;
    readonly operation: Operation;
    readonly state: FailureState;
    readonly config: SearchConfig;
    /** One of the nodes that may have been elected is among the dead. */
    readonly managerMayBeDead: boolean;
    /** Somebody is elected in the end. */
    readonly managerIsLeft: boolean;
    /** Writes wait until copies are made anew, these or others of the same clients, which leave living nodes alone meanwhile. */
    readonly waitsForCopies: boolean;
    /** How often the least patient client tries; missing where the probe alone watches, which sees dead nodes at once. */
    readonly tries: number | undefined;
    /** Some client tries a silent node again whenever a penalty of its own is over. */
    readonly hasPenalty: boolean;
}

export function recoveryBound(product: SearchProduct, context: EngineContext, loss: Loss): DelayBound {
    const { shard, operation, state, config, managerMayBeDead, managerIsLeft, tries } = loss;
    const deadCopies = shard.copies.filter((node) => state.alive[node] !== 1).length;
    const audience = audienceOf(context.topology, shard.id, operation);
    const entries = entryNodes(product, context.cluster.members);
    const deadEntries = entries.filter((node) => state.alive[node] !== 1).length;
    const searching =
        tries === undefined ? [] : clientsSkipDeadNodes(entries.length, deadEntries, { ...loss, tries }, audience);
    const waitsForRemoval = deadCopies > 0 || loss.waitsForCopies || searching.length > 0;
    const noticing = managerIsLeft
        ? [
              ...(managerMayBeDead && (waitsForRemoval || isBlocked(config, operation))
                  ? [...elected(product, config), ...(waitsForRemoval ? [] : unblocked(product, context, loss))]
                  : []),
              ...(waitsForRemoval ? removed(product, config, managerMayBeDead) : []),
          ]
        : deadCopies > 0
          ? [copiesAreMet(entries.length, tries ?? 1, audience, shard, deadCopies)]
          : [];
    const making = loss.waitsForCopies ? copiesAreMadeAnew(product, context, state) : [];
    if (noticing.length + searching.length + making.length === 0) {
        return { minMs: 0, maxMs: 0, parts: [], assumptions: [] };
    }
    const parts = [
        ...noticing,
        ...making,
        ...searching,
        { ...audience.part, maxMs: audience.part.maxMs + 6 * BASE_DELAY_MS },
    ];
    return {
        minMs: operation === 'write' && deadCopies > 0 ? certainMs(config, audience) : 0,
        maxMs: parts.reduce((sum, part) => sum + part.maxMs, 0),
        parts,
        assumptions: assumptions(product, loss),
    };
}

/** A write waits for every copy, so none is acknowledged before the dead one is removed; a patient client sees no failure. */
function certainMs(config: SearchConfig, { periodMs, leastPatienceMs }: Audience): number {
    const removedMs = Math.min(silenceMs(config.followerCheck), config.publishTimeoutMs + config.followerLagMs);
    return periodMs + leastPatienceMs < removedMs ? removedMs : 0;
}

/** Whether nodes refuse such requests as long as they know no manager. */
function isBlocked({ block }: SearchConfig, operation: Operation): boolean {
    return block === 'all' || (block === 'write' && operation === 'write');
}

function elected({ manager }: SearchProduct, config: SearchConfig): readonly DelayPart[] {
    return [
        { label: `the others find that the ${manager} is silent`, minMs: 0, maxMs: longestSilence(config.leaderCheck) },
        { label: `a ${manager} is elected`, minMs: 0, maxMs: electionMaxMs(config) },
    ];
}

/**
 * Nobody waits for the dead: requests go on once their nodes have the elected manager's first change. That one itself applies
 * it last, after those that never answer, so requests through it or to its copies may wait longer.
 */
function unblocked(
    product: SearchProduct,
    { cluster }: EngineContext,
    { shard, state, config }: Loss,
): readonly DelayPart[] {
    const takesRequests = new Set([...entryNodes(product, cluster.members), ...shard.copies]);
    const ownMs = electableMembers(product, cluster.members).some(
        ({ node }) => state.alive[node] === 1 && takesRequests.has(node),
    )
        ? config.publishTimeoutMs
        : 0;
    return [{ ...PUBLICATION, maxMs: PUBLICATION.maxMs + ownMs }];
}

const PUBLICATION: DelayPart = {
    label: 'the change reaches the nodes',
    minMs: 2 * BASE_DELAY_MS,
    maxMs: 8 * BASE_DELAY_MS,
};

/** A new manager checks by itself who is silent, and its first change waits for all of them. */
function removed({ manager }: SearchProduct, config: SearchConfig, isNew: boolean): readonly DelayPart[] {
    const { followerCheck, publishTimeoutMs } = config;
    const longestMs = longestSilence(followerCheck);
    return isNew
        ? [
              {
                  label: `the new ${manager} finds by itself which nodes are silent`,
                  minMs: 0,
                  maxMs: Math.max(longestMs, publishTimeoutMs) + publishTimeoutMs,
              },
              { ...PUBLICATION, maxMs: 2 * PUBLICATION.maxMs },
          ]
        : [
              {
                  label: `the ${manager} finds that a node is silent`,
                  minMs: silenceMs(followerCheck),
                  maxMs: longestMs,
              },
              PUBLICATION,
          ];
}

/** The first check that fails is sent up to an interval after the failure. */
function longestSilence(check: CheckTimes): number {
    return silenceMs(check) + check.intervalMs + 2 * BASE_DELAY_MS;
}

/** Tries while the last voter still trusts the dead one make the wait for the next longer; then one may stay undecided. */
function electionMaxMs(config: SearchConfig): number {
    const inVain = Math.ceil((config.leaderCheck.intervalMs + 2 * BASE_DELAY_MS) / Math.max(1, config.electionMs)) + 2;
    return 2 * (config.electionMs + longestWait(config, inVain)) + 10 * BASE_DELAY_MS;
}

/**
 * A request whose tries all meet dead nodes fails. Clients take nodes in turn and skip those that failed them; while writes
 * hang they skip living ones, too, until their next look in the background. Official clients come back to dead nodes for good.
 */
function clientsSkipDeadNodes(
    nodes: number,
    deadNodes: number,
    { tries, hasPenalty }: { readonly tries: number; readonly hasPenalty: boolean },
    audience: Audience,
): readonly DelayPart[] {
    if (deadNodes < tries) {
        return [];
    }
    const maxMs = CLIENT_CHECK_MS + nodes * Math.ceil(audience.periodMs) + (tries + 1) * audience.timeoutMs;
    return hasPenalty
        ? [{ label: 'clients try silent nodes again after every penalty', minMs: 0, maxMs: Infinity }]
        : [{ label: 'clients find out which nodes are silent', minMs: 0, maxMs }];
}

/** Without a manager nobody removes dead copies: every node that takes requests meets each of them once and then prefers others. */
function copiesAreMet(nodes: number, tries: number, audience: Audience, { copies }: Shard, dead: number): DelayPart {
    const meetingMs = nodes * copies.length * Math.ceil(audience.periodMs);
    return {
        label: 'every node that takes requests meets each silent copy once',
        minMs: 0,
        maxMs: dead * nodes * (CLIENT_CHECK_MS + meetingMs + tries * audience.timeoutMs),
    };
}

/** At worst one after the other, each at the full throttle, with a change of the cluster state at its beginning and end. */
function copiesAreMadeAnew(product: SearchProduct, context: EngineContext, state: FailureState): readonly DelayPart[] {
    const shards = context.cluster.shards.map((id) => context.topology.shards[id]!);
    const lacking = shards.flatMap((shard) => {
        const living = shard.copies.filter((node) => state.alive[node] === 1).length;
        return Array.from({ length: Math.max(0, wantedCopies(context, shard) - living) }, () => shard);
    });
    const rate = Math.min(...context.cluster.members.map((member) => context.number(RECOVERY_RATE, { member })));
    const copyingMs = lacking.reduce(
        (sum, shard) =>
            sum + Math.ceil((1000 * context.number(ASSUMED_SHARD_SIZE, { shard })) / rate) + 20 * BASE_DELAY_MS,
        0,
    );
    const delayMs = Math.max(...lacking.map((shard) => delayedMs(product, context, shard)), 0);
    return [
        {
            label: 'lost copies are left alone, in case their node returns',
            minMs: 0,
            maxMs: delayMs + 10 * BASE_DELAY_MS,
        },
        { label: 'copies are made anew', minMs: 0, maxMs: copyingMs },
    ];
}

function assumptions({ manager }: SearchProduct, { state, managerMayBeDead, waitsForCopies }: Loss): readonly string[] {
    return [
        `A message between two nodes takes ${BASE_DELAY_MS} ms.`,
        'No connection to a silent node is closed by the operating system before the checks give it up, as with the default of `net.ipv4.tcp_retries2`.',
        ...(state.failed.length > 1
            ? [
                  `The checks of one ${manager} run in step, so nodes that fall silent together are removed together. Where they have drifted apart, the later ones are removed up to \`cluster.publish.timeout\` after the first.`,
              ]
            : []),
        ...(managerMayBeDead ? ['At most one round of the election stays undecided.'] : []),
        ...(waitsForCopies
            ? [
                  `Every shard has the size that \`${ASSUMED_SHARD_SIZE}\` says, and is copied as fast as \`${RECOVERY_RATE}\` allows.`,
              ]
            : []),
    ];
}
