import type { Cause, HandlerId, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { VipFront } from '../front.js';
import { HealthCounter, inARow, type ServiceCheck } from '../../shared/balancer/index.js';

/** What follows when a member's own check changes its mind. */
export interface CheckListener {
    failed(node: NodeId, cause: Cause): void;
    passed(node: NodeId, cause: Cause): void;
}

interface Script {
    health: HealthCounter;
    /** Events of earlier starts of the host are void. */
    generation: number;
    /** A run that waits for a frozen service. */
    waiting: boolean;
}

/** Each member's check of the service beside it, started at a fixed distance (keepalived: `vrrp_script`). */
export class VipChecks {
    private readonly scripts = new Map<NodeId, Script>();
    private readonly run: HandlerId;
    private readonly timeout: HandlerId;

    constructor(
        private readonly world: World,
        private readonly front: VipFront,
        private readonly check: ServiceCheck,
        private readonly listener: CheckListener,
    ) {
        this.run = world.handler((node, generation) => this.onRun(node, generation));
        this.timeout = world.handler((node, generation) => this.onTimeout(node, generation));
    }

    /** Where the first run of a member that has long been up falls, in ms. */
    phaseOf(node: NodeId): number {
        return this.world
            .stream(this.nameOf(node), `service check of ${this.world.cluster.name}`)
            .below(this.check.everyMs);
    }

    begin(node: NodeId, afterMs: number): void {
        const generation = (this.scripts.get(node)?.generation ?? 0) + 1;
        this.scripts.set(node, { health: new HealthCounter(this.check, true), generation, waiting: false });
        this.world.schedule(this.world.now + afterMs, this.run, node, generation);
    }

    /** The host is gone, and its check with it. */
    end(node: NodeId): void {
        this.scripts.get(node)!.generation++;
    }

    thawed(node: NodeId): void {
        const script = this.scripts.get(node)!;
        if (script.waiting) {
            script.waiting = false;
            this.note(node, script, true);
        }
    }

    private onRun(node: NodeId, generation: number): void {
        const script = this.scripts.get(node)!;
        if (script.generation !== generation) {
            return;
        }
        this.world.schedule(this.world.now + this.check.everyMs, this.run, node, generation);
        // keepalived starts no second run while one is still waiting.
        if (script.waiting) {
            return;
        }
        const state = this.world.process(node);
        if (state === 'frozen') {
            script.waiting = true;
            this.world.schedule(this.world.now + this.check.timeoutMs, this.timeout, node, generation);
        } else {
            this.note(node, script, state === 'running');
        }
    }

    private onTimeout(node: NodeId, generation: number): void {
        const script = this.scripts.get(node)!;
        if (script.generation === generation && script.waiting) {
            script.waiting = false;
            this.note(node, script, false);
        }
    }

    private note(node: NodeId, script: Script, success: boolean): void {
        if (!script.health.note(success)) {
            return;
        }
        const { rise, fall } = this.check;
        const name = this.nameOf(node);
        const cause = this.world.record({
            kind: success ? 'recovery' : 'detection',
            text: success
                ? `${name} finds its service alive: ${inARow(rise, 'passed')}`
                : `${name} finds its service dead: ${inARow(fall, 'failed')}`,
            cause: this.world.lastFault(node),
            node,
            source: this.front.source,
        });
        if (success) {
            this.listener.passed(node, cause);
        } else {
            this.listener.failed(node, cause);
        }
        this.world.changed();
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.qualifiedName;
    }
}
