import type {
    Attempt,
    AttemptContext,
    HandlerId,
    RandomStream,
    Steadiness,
    StreamContext,
} from '../../../simulator/index.js';
import type { NodeId, Setting } from '../../../topology/index.js';
import { producerTimes } from '../patience.js';
import type { LeaderAnswers } from './answers.js';
import { maximumAgeMs } from './metadata-age.js';
import { Producer } from './producer.js';
import type { KafkaState } from './state.js';

/** The producers of the workloads whose writes say in Kafka's own keys how patient they are: one for each such statement. */
export class Producers {
    private readonly all: { readonly producer: Producer; readonly maximumAgeMs: number; readonly name: string }[] = [];
    private readonly bySettings = new Map<readonly Setting[], Producer>();
    private readonly ageing = new Set<number>();
    private readonly onOldAge: HandlerId;

    constructor(
        private readonly state: KafkaState,
        answers: LeaderAnswers,
    ) {
        const { world, context } = state;
        const { topology, cluster } = context;
        const at = (number: number): Producer => this.all[number]!.producer;
        const timers = {
            onLine: world.handler((number, node) => at(number).connectionDue(node)),
            onRetry: world.handler((number, partition) => at(number).retry(partition)),
            onAsk: world.handler((number) => at(number).ask()),
            onLook: world.handler((number) => at(number).look()),
            onLearnt: world.handler((number, node) => at(number).learnt(node)),
        };
        this.onOldAge = world.handler((number) => this.grewOld(number));
        for (const { id, name, demands } of topology.workloads) {
            demands.forEach(({ operation, target, settings }, index) => {
                const isOurs = target.kind !== 'workload' && target.cluster === cluster.id && operation === 'write';
                const times = isOurs ? producerTimes(settings, context.version) : undefined;
                if (times === undefined) {
                    return;
                }
                const number = this.all.length;
                const who = `producer ${name} ${String(index)} of ${cluster.name}`;
                const streams = new Map<string, RandomStream>();
                const draw = (purpose: string): number => {
                    const random = streams.get(purpose) ?? world.stream(who, purpose);
                    streams.set(purpose, random);
                    return random.below(1_000) / 1_000;
                };
                const client = topology.nodes.length + id;
                const producer = new Producer(state, answers, client, times, { number, ...timers }, draw);
                this.all.push({ producer, maximumAgeMs: maximumAgeMs(context, settings), name: who });
                this.bySettings.set(settings, producer);
            });
        }
    }

    /** Undefined where the client is as patient as any. */
    attempt(context: AttemptContext): Attempt | undefined {
        return this.bySettings.get(context.settings)?.attempt(context);
    }

    steadiness(context: StreamContext): Steadiness | undefined {
        return this.bySettings.get(context.settings)?.steadiness(context);
    }

    /** Processes or links are different now. */
    reachChanged(restarted: NodeId | undefined): void {
        this.all.forEach(({ producer }) => producer.reachChanged(restarted));
    }

    /** Brokers have read news: producers that have no reason to ask do so when what they know has grown old. */
    metadataChanged(): void {
        const { world } = this.state;
        this.all.forEach(({ producer, maximumAgeMs, name }, number) => {
            producer.metadataChanged();
            if (!this.ageing.has(number)) {
                this.ageing.add(number);
                world.schedule(
                    world.now + world.stream(name, `age of the metadata at ${String(world.now)}`).below(maximumAgeMs),
                    this.onOldAge,
                    number,
                );
            }
        });
    }

    private grewOld(number: number): void {
        const { producer, maximumAgeMs } = this.all[number]!;
        producer.want();
        if (producer.isBehind()) {
            const { world } = this.state;
            world.schedule(world.now + maximumAgeMs, this.onOldAge, number);
        } else {
            this.ageing.delete(number);
        }
    }
}
