import type { Attempt, Cause, HandlerId, Point, World } from '../../../simulator/index.js';
import { setDuration, shardsOf, type Route, type ShardId, type SharedAddress } from '../../../topology/index.js';
import { HealthCounter, inARow, type ServiceCheck } from '../balancer/index.js';
import { assumedOf, checkingOf } from './checking.js';

interface Checked {
    readonly route: Route;
    readonly shards: readonly ShardId[];
    readonly health: HealthCounter;
    begunMs: number;
    /** When the first of the failed checks in a row began, in ms. */
    failingSince: number;
    /** What the result under way is due to. */
    cause: Cause;
}

/** The health checks of an address, each cluster's in its own phase, from outside all places. */
export class RouteChecks {
    private readonly checked: readonly Checked[];
    private readonly check: ServiceCheck;
    private readonly begin: HandlerId;
    private readonly end: HandlerId;
    private readonly checker: Point;

    constructor(
        private readonly world: World,
        private readonly address: SharedAddress,
        /** Called when a cluster begins or ceases to count as healthy. */
        private readonly onVerdict: () => void,
    ) {
        this.check = checkingOf(address);
        this.checker = world.checkerOf(address.id);
        this.checked = address.routes.map((route) => ({
            route,
            shards: shardsOf(world.topology, route),
            health: new HealthCounter(this.check, true),
            begunMs: 0,
            failingSince: 0,
            cause: -1,
        }));
        this.begin = world.handler((index) => this.onBegin(this.checked[index]!, index));
        this.end = world.handler((index, passed) => this.onEnd(this.checked[index]!, index, passed === 1));
    }

    start(): void {
        this.address.routes.forEach((route, index) => {
            const phase = this.world
                .stream(`${this.address.name} ${route.text}`, 'health checks')
                .below(this.check.everyMs);
            this.world.schedule(phase, this.begin, index);
        });
    }

    isUp(route: Route): boolean {
        return this.checked.find((each) => each.route === route)?.health.up ?? true;
    }

    private onBegin(checked: Checked, index: number): void {
        const { world } = this;
        checked.begunMs = world.now;
        if (checked.health.doubts === 0) {
            checked.failingSince = world.now;
        }
        const { afterMs, passed } = this.resultOf(checked);
        world.schedule(world.now + afterMs, this.end, index, passed ? 1 : 0);
    }

    /** The first shard that does not answer in time fails the check; an error does when it comes. */
    private resultOf(checked: Checked): { readonly afterMs: number; readonly passed: boolean } {
        const { timeoutMs } = this.check;
        let [longestMs, soonestMs] = [0, Infinity];
        for (const shard of checked.shards) {
            const answer = this.ask(shard);
            const afterMs = answer.outcome === 'hang' ? timeoutMs : Math.min(answer.afterMs, timeoutMs);
            if (answer.outcome === 'ok' && answer.afterMs <= timeoutMs) {
                longestMs = Math.max(longestMs, afterMs);
            } else if (afterMs < soonestMs) {
                soonestMs = afterMs;
                const known = answer.outcome === 'ok' ? undefined : answer.cause;
                checked.cause = known ?? this.world.lastEventAbout(shard, answer.node);
            }
        }
        return soonestMs === Infinity ? { afterMs: longestMs, passed: true } : { afterMs: soonestMs, passed: false };
    }

    private ask(shard: ShardId): Attempt {
        const { cluster } = this.world.topology.shards[shard]!;
        return this.world.behaviourOf(cluster).attempt({
            client: this.checker,
            shard,
            operation: 'read',
            attempt: 0,
            previous: -1,
            fromReplicas: false,
            timeoutMs: this.check.timeoutMs,
            settings: [],
        });
    }

    private onEnd(checked: Checked, index: number, passed: boolean): void {
        const { world } = this;
        const { health } = checked;
        const before = health.doubts;
        const isSettled = health.note(passed);
        world.schedule(world.now + health.pauseAfter(world.now - checked.begunMs), this.begin, index);
        if (!passed) {
            assumedOf(this.address).forEach((assumption) => world.assume(assumption));
        }
        if (isSettled) {
            this.tellVerdict(checked);
        } else if (health.doubts === 1 && before === 0 && health.up) {
            this.tell(
                'suspicion',
                `${this.address.name} notes a first failed check of ${checked.route.text}`,
                checked.cause,
            );
        }
    }

    private tellVerdict({ route, health, failingSince, cause, shards }: Checked): void {
        const { name } = this.address;
        if (health.up) {
            const passed = `${name} leads to ${route.text} again: ${inARow(this.check.rise, 'passed')}`;
            const mended = Math.max(...shards.map((shard) => this.world.lastEventAbout(shard, -1)));
            this.tell('recovery', passed, mended);
        } else {
            const spent = setDuration(this.world.now - failingSince);
            const failed = `${name} leads to ${route.text} no longer: ${inARow(this.check.fall, 'failed')} within ${spent}`;
            const isLast = !this.checked.some((each) => each.health.up);
            this.tell('detection', isLast ? `${failed}; as none passes, it leads to all as before` : failed, cause);
        }
        this.onVerdict();
    }

    private tell(kind: 'suspicion' | 'recovery' | 'detection', text: string, cause: Cause): void {
        const [shard] = this.world.cluster.shards;
        const about = kind === 'suspicion' || shard === undefined ? {} : { shard };
        this.world.record({ kind, text, cause, source: this.address.source, ...about });
    }
}
