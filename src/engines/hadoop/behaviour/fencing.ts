import type { Belief, Cause, HandlerId, World } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import { connected } from '../../shared/simulation/index.js';
import type { HadoopConfig } from '../config.js';
import type { NameNodes } from './namenodes.js';

export interface FencingListener {
    /** The old active NameNode does not act any more, or its edits are refused. */
    fenced(by: NodeId, cause: Cause): void;
    failed(by: NodeId, cause: Cause): void;
}

interface Target {
    readonly by: NodeId;
    readonly old: NodeId;
    cause: Cause;
}

/** Before the methods of the file the old active NameNode is asked to stand by. */
const GRACEFUL = -1;

/** Makes sure that the last active NameNode no longer acts: by asking it, then by each method in turn until one succeeds. */
export class Fencing {
    private target: Target | undefined;
    /** Tells a planned step from one that no longer counts. */
    private round = 0;
    private step = GRACEFUL;
    /** Connections to the old NameNode that this round has tried in vain. */
    private connections = 0;
    private readonly onNext: HandlerId;
    /** Waits that have been told: while fencing fails they repeat, and only the failures are told again. */
    private readonly told = new Set<string>();

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly namenodes: NameNodes,
        private readonly listener: FencingListener,
    ) {
        this.onNext = world.handler((round, step) => {
            if (round === this.round && this.target !== undefined) {
                this.step = step;
                this.tryStep(this.target);
            }
        });
    }

    begin(by: NodeId, old: NodeId, cause: Cause): void {
        this.target = { by, old, cause };
        this.round++;
        this.step = GRACEFUL;
        this.connections = 0;
        this.tryStep(this.target);
    }

    cancel(): void {
        this.target = undefined;
        this.round++;
    }

    private tryStep(target: Target): void {
        if (this.step === GRACEFUL) {
            this.askToStandBy(target);
            return;
        }
        switch (this.config.fencing[this.step]) {
            case 'ssh':
                this.logIn(target);
                break;
            case 'shell':
                this.succeed(target, `${this.nameOf(target.old)} is fenced by \`shell(…)\``);
                break;
            case undefined:
                this.fail(target);
                break;
        }
    }

    /**
     * A host that is silent costs each attempt to connect the whole of its time (FailoverController, Client.Connection); a
     * NameNode that hangs is connected to by its host's kernel, and the time of the request begins then.
     */
    private askToStandBy(target: Target): void {
        const { by, old, cause } = target;
        const { connectRetryMs, gracefulFenceMs } = this.config;
        const reach = this.world.reach(by, old);
        if (reach === 'open' && this.namenodes.isUp(old)) {
            const text = `${this.nameOf(old)} stands by when it is asked to, so it need not be fenced`;
            this.namenodes.standBy(old, cause);
            this.succeed(target, text, 'alive');
        } else if (this.isHostSilent(target)) {
            this.connectInVain(target);
        } else if (reach === 'silent') {
            this.note(
                target,
                `${this.nameOf(old)} is asked to stand by and does not answer; it is given ${setDuration(gracefulFenceMs)}`,
            );
            this.next(gracefulFenceMs);
        } else {
            this.next(connectRetryMs);
        }
    }

    /** An attempt that has begun lasts its time, even if the host comes back meanwhile; the next one sees that it is back. */
    private connectInVain(target: Target): void {
        const { connectMs, gracefulFenceAttempts } = this.config;
        const times = gracefulFenceAttempts === 1 ? 'once' : `${gracefulFenceAttempts} times`;
        this.note(
            target,
            `${this.nameOf(target.old)} is to be asked to stand by, and no host answers there; connecting is tried ${times}, for ${setDuration(connectMs)}${gracefulFenceAttempts === 1 ? '' : ' each'}`,
        );
        this.connections++;
        const isLast = this.connections >= gracefulFenceAttempts;
        this.plan(connectMs, isLast ? this.step + 1 : this.step);
    }

    private isHostSilent({ by, old }: Target): boolean {
        return this.world.process(old) === 'off' || !connected(this.world, by, old);
    }

    /**
     * On a host that lives whatever listens on the port of the NameNode is killed. Nothing does where the NameNode has ended,
     * nor while it starts: it opens the port only after it has loaded its image (NameNode.initialize). `sshfence` makes sure
     * that nothing listens and takes that for fenced (SshFenceByTcpPort.doFence), and a NameNode that starts comes up after it.
     */
    private logIn(target: Target): void {
        const { old } = target;
        if (this.isHostSilent(target)) {
            const waitMs = this.config.sshTimeoutMs;
            this.note(
                target,
                `\`sshfence\` finds no host that answers at ${this.nameOf(old)} and tries for ${setDuration(waitMs)}`,
            );
            this.next(waitMs);
            return;
        }
        const mode = this.namenodes.mode(old);
        if (mode === 'starting') {
            const text = `\`sshfence\` finds that the NameNode of ${this.nameOf(old)}, which is starting, does not listen yet; that counts as fenced`;
            this.succeed(target, text);
            return;
        }
        if (mode !== 'down') {
            this.namenodes.end(old, `\`sshfence\` logs in to ${this.nameOf(old)} and kills the NameNode`, target.cause);
        }
        this.succeed(target, `${this.nameOf(old)} is fenced by \`sshfence\``);
    }

    /** Tells of a wait when it begins. */
    private note(target: Target, text: string): void {
        const key = `${String(target.by)} ${text}`;
        if (!this.told.has(key)) {
            this.told.add(key);
            target.cause = this.world.record({
                kind: 'state',
                text,
                cause: target.cause,
                node: target.by,
                peer: target.old,
            });
        }
    }

    private next(afterMs: number): void {
        this.plan(afterMs, this.step + 1);
    }

    private plan(afterMs: number, step: number): void {
        this.world.schedule(this.world.now + afterMs, this.onNext, this.round, step);
    }

    private succeed(target: Target, text: string, holds: Belief['holds'] = 'fenced'): void {
        const { by, old } = target;
        const cause = this.world.record({
            kind: 'state',
            text,
            cause: target.cause,
            node: by,
            peer: old,
            belief: { holds, about: [old], by: 'cluster' },
        });
        this.cancel();
        this.told.clear();
        this.listener.fenced(by, cause);
    }

    private fail(target: Target): void {
        const { by, old } = target;
        const after = this.config.automatic ? 'gives the lock up and tries again' : 'does not become active';
        const text = `No fencing method succeeds against ${this.nameOf(old)}: ${this.nameOf(by)} ${after}`;
        const cause = this.world.record({ kind: 'state', text, cause: target.cause, node: by, peer: old });
        this.cancel();
        this.listener.failed(by, cause);
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
