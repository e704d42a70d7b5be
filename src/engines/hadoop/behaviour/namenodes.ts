import type { Belief, Cause, HandlerId, HostChange, RandomStream, World } from '../../../simulator/index.js';
import { setDuration, type NodeId, type ShardId } from '../../../topology/index.js';
import type { HadoopConfig } from '../config.js';
import { Journals } from './journals.js';

export type Mode = 'active' | 'activating' | 'standby' | 'starting' | 'down';

interface NameNode {
    readonly node: NodeId;
    mode: Mode;
    /** Another has a newer epoch: the JournalNodes refuse its edits, and it may not know yet. */
    isSuperseded: boolean;
    /** A started NameNode that waits for reports of blocks; the namespace is read-only. */
    inSafeMode: boolean;
    /** Whether its safe mode is about to end. */
    isLeaving: boolean;
    starts: number;
    /** Tells a planned step from one that no longer counts. */
    plan: number;
    journalWait: number;
    isWaitingForJournals: boolean;
    cause: Cause;
}

export interface NameNodeListener {
    /** It came up as a standby, went down or hangs. */
    changed(node: NodeId, cause: Cause): void;
    /** It knows DataNodes only by what they report from now on. */
    started(node: NodeId): void;
    activated(node: NodeId, cause: Cause): void;
    /** Whether enough blocks have enough living copies to leave safe mode. */
    hasReports(): boolean;
}

/** NameNodes with their modes, epochs and JournalNodes; one of them serves. */
export class NameNodes {
    private readonly all: ReadonlyMap<NodeId, NameNode>;
    /** Grows with every change of what clients meet at a NameNode. */
    revision = 0;
    private epoch = 0;
    readonly journals: Journals;
    private readonly draws: RandomStream;
    private readonly onStarted: HandlerId;
    private readonly onCaughtUp: HandlerId;
    private readonly onJournalTimeout: HandlerId;
    private readonly onSafeModeEnd: HandlerId;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly shard: ShardId | undefined,
        private readonly listener: NameNodeListener,
    ) {
        this.journals = new Journals(world, config);
        this.draws = world.stream(`${world.cluster.name} NameNodes`, 'catching up');
        this.all = new Map(
            config.namenodes.map((node) => [
                node,
                {
                    node,
                    mode: node === this.first ? ('active' as const) : ('standby' as const),
                    isSuperseded: false,
                    inSafeMode: false,
                    isLeaving: false,
                    starts: 0,
                    plan: 0,
                    journalWait: 0,
                    isWaitingForJournals: false,
                    cause: -1,
                },
            ]),
        );
        this.onStarted = world.handler((node, plan) => this.started(this.at(node), plan));
        this.onCaughtUp = world.handler((node, plan) => this.caughtUp(this.at(node), plan));
        this.onJournalTimeout = world.handler((node, wait) => this.journalTimeout(this.at(node), wait));
        this.onSafeModeEnd = world.handler((node, plan) => this.leaveSafeMode(this.at(node), plan));
    }

    /** The one that is active at the start: the first listed that may be. */
    get first(): NodeId | undefined {
        const { automatic, watched, namenodes } = this.config;
        return (automatic ? watched[0] : undefined) ?? namenodes[0];
    }

    start(): void {
        if (this.first !== undefined) {
            this.lead(this.at(this.first), -1);
        }
    }

    /** Those that act as active, as they see it and as the JournalNodes let them. */
    leaders(): readonly NodeId[] {
        return [...this.all.values()]
            .filter(({ node, mode, isSuperseded }) => mode === 'active' && !isSuperseded && this.runs(node))
            .map(({ node }) => node);
    }

    mode(node: NodeId): Mode {
        return this.at(node).mode;
    }

    isSuperseded(node: NodeId): boolean {
        return this.at(node).isSuperseded;
    }

    inSafeMode(node: NodeId): boolean {
        return this.at(node).inSafeMode;
    }

    causeOf(node: NodeId): Cause {
        return this.at(node).cause;
    }

    /** Whether it answers calls: the process runs, and has not ended itself. */
    isUp(node: NodeId): boolean {
        const { mode } = this.at(node);
        return this.runs(node) && mode !== 'down' && mode !== 'starting';
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.revision++;
        const namenode = this.all.get(node);
        if (namenode === undefined || change === 'wiped') {
            return;
        }
        namenode.cause = cause;
        if (change === 'started') {
            Object.assign(namenode, { mode: 'starting', isSuperseded: false, plan: namenode.plan + 1 });
            this.world.schedule(this.world.now + this.config.startMs, this.onStarted, node, namenode.plan);
        } else if (change !== 'frozen' && change !== 'unfrozen') {
            this.goDown(namenode);
        }
        this.listener.changed(node, cause);
    }

    /** The old active one is asked, or told by its own controller, to stand by. */
    standBy(node: NodeId, cause: Cause): void {
        this.revision++;
        const namenode = this.at(node);
        if (namenode.mode === 'active' || namenode.mode === 'activating') {
            namenode.cause = this.world.record({
                kind: 'demotion',
                text: `${this.nameOf(node)} becomes standby`,
                cause,
                node,
            });
            namenode.plan++;
            this.release(namenode, 'standby');
            this.world.changed();
        }
    }

    /** Its process is killed, or ends itself. */
    end(node: NodeId, text: string, cause: Cause): void {
        const namenode = this.at(node);
        const belief: Belief = { holds: 'failed', about: [node], by: 'cluster' };
        namenode.cause = this.world.record({ kind: 'state', text, cause, node, belief });
        this.goDown(namenode);
        this.listener.changed(node, namenode.cause);
        this.world.changed();
    }

    /** The standby reads the edits that it has not read yet, and is active then. */
    activate(node: NodeId, cause: Cause): void {
        this.revision++;
        const namenode = this.at(node);
        namenode.mode = 'activating';
        namenode.cause = cause;
        namenode.plan++;
        const catchUpMs = this.draws.between(0, this.config.catchUpMs);
        this.world.schedule(this.world.now + catchUpMs, this.onCaughtUp, node, namenode.plan);
        this.reviewJournals(cause);
    }

    /** JournalNodes, or the way to them, changed. */
    reviewJournals(cause: Cause): void {
        this.revision++;
        for (const namenode of this.all.values()) {
            if (this.runs(namenode.node) && (namenode.mode === 'active' || namenode.mode === 'activating')) {
                this.reviewJournalsOf(namenode, cause);
            }
        }
    }

    reviewSafeMode(): void {
        for (const namenode of this.all.values()) {
            if (namenode.inSafeMode && !namenode.isLeaving && this.listener.hasReports()) {
                namenode.isLeaving = true;
                const atMs = this.world.now + this.config.safeExtensionMs;
                this.world.schedule(atMs, this.onSafeModeEnd, namenode.node, namenode.starts);
            }
        }
    }

    // ── Starting ───────────────────────────────────────────────────────────────

    private started(namenode: NameNode, plan: number): void {
        this.revision++;
        if (namenode.plan !== plan || namenode.mode !== 'starting') {
            return;
        }
        const { node } = namenode;
        namenode.mode = 'standby';
        namenode.inSafeMode = true;
        namenode.isLeaving = false;
        namenode.starts++;
        namenode.cause = this.world.record({
            kind: 'recovery',
            text: `${this.nameOf(node)} has started, as a standby and in safe mode`,
            cause: namenode.cause,
            node,
            belief: { holds: 'alive', about: [node], by: 'cluster' },
        });
        this.listener.started(node);
        this.listener.changed(node, namenode.cause);
        if (this.all.size === 1) {
            this.activate(node, namenode.cause);
        }
        this.reviewSafeMode();
    }

    private leaveSafeMode(namenode: NameNode, starts: number): void {
        this.revision++;
        if (namenode.starts === starts && namenode.inSafeMode) {
            namenode.inSafeMode = false;
            namenode.cause = this.world.record({
                kind: 'recovery',
                text: `${this.nameOf(namenode.node)} knows enough blocks and leaves safe mode`,
                cause: namenode.cause,
                node: namenode.node,
            });
            this.world.changed();
        }
    }

    // ── Becoming active ────────────────────────────────────────────────────────

    private caughtUp(namenode: NameNode, plan: number): void {
        if (namenode.plan !== plan || namenode.mode !== 'activating' || !this.runs(namenode.node)) {
            return;
        }
        if (!this.journals.takeEdits(namenode.node)) {
            // It tries until its wait for the JournalNodes is over; see `journalTimeout`.
            this.world.schedule(this.world.now + RETRY_MS, this.onCaughtUp, namenode.node, plan);
            return;
        }
        this.lead(
            namenode,
            this.world.record({
                kind: 'promotion',
                text: `${this.nameOf(namenode.node)} takes a new epoch at the JournalNodes, has read all edits and is active`,
                cause: namenode.cause,
                node: namenode.node,
                ...(this.shard !== undefined && { shard: this.shard }),
            }),
        );
    }

    private lead(namenode: NameNode, cause: Cause): void {
        this.revision++;
        for (const other of this.all.values()) {
            if (other !== namenode && other.mode === 'active') {
                other.isSuperseded = true;
                this.giveUpLead(other, cause);
            }
        }
        namenode.mode = 'active';
        namenode.isSuperseded = false;
        namenode.cause = cause;
        if (this.shard !== undefined) {
            this.world.claim(this.shard, namenode.node, ++this.epoch, cause);
        }
        this.listener.activated(namenode.node, cause);
        this.reviewJournals(cause);
        this.world.changed();
    }

    private goDown(namenode: NameNode): void {
        namenode.plan++;
        namenode.inSafeMode = false;
        this.release(namenode, 'down');
    }

    private release(namenode: NameNode, mode: Mode): void {
        this.revision++;
        if (namenode.mode === 'active' && !namenode.isSuperseded) {
            this.giveUpLead(namenode, namenode.cause);
        }
        Object.assign(namenode, { mode, isSuperseded: false, isWaitingForJournals: false });
        namenode.journalWait++;
    }

    private giveUpLead({ node }: NameNode, cause: Cause): void {
        if (this.shard !== undefined) {
            this.world.release(this.shard, node, cause);
        }
    }

    // ── JournalNodes ───────────────────────────────────────────────────────────

    /**
     * There are always edits to write. A majority that refuses ends the NameNode at once, one that is silent after the
     * timeout; a majority that has promised a newer epoch refuses its edits.
     */
    private reviewJournalsOf(namenode: NameNode, cause: Cause): void {
        const { node } = namenode;
        if (this.journals.takeEdits(node)) {
            namenode.isWaitingForJournals = false;
            namenode.journalWait++;
            if (namenode.isSuperseded) {
                const text = `${this.nameOf(node)} ends itself: the JournalNodes refuse its edits, since another NameNode has a newer epoch`;
                this.end(node, text, Math.max(cause, namenode.cause));
            }
        } else if (this.journals.refuse(node)) {
            this.end(node, `${this.nameOf(node)} ends itself: a majority of the JournalNodes refuses its edits`, cause);
        } else if (!namenode.isWaitingForJournals) {
            namenode.isWaitingForJournals = true;
            namenode.cause = cause;
            const atMs = this.world.now + this.journals.patienceMs(namenode.mode === 'active');
            this.world.schedule(atMs, this.onJournalTimeout, node, ++namenode.journalWait);
        }
    }

    private journalTimeout(namenode: NameNode, wait: number): void {
        if (namenode.journalWait !== wait || !namenode.isWaitingForJournals) {
            return;
        }
        namenode.isWaitingForJournals = false;
        if (this.runs(namenode.node)) {
            const waited = setDuration(this.journals.patienceMs(namenode.mode === 'active'));
            const text = `${this.nameOf(namenode.node)} ends itself: no majority of the JournalNodes has answered for ${waited}`;
            this.end(namenode.node, text, namenode.cause);
        }
    }

    private at(node: NodeId): NameNode {
        return this.all.get(node)!;
    }

    private runs(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}

/** How often a NameNode that is to become active tries to reach a majority of the JournalNodes. */
const RETRY_MS = 1_000;
