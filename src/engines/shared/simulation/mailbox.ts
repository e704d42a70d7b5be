import { resendMs, type HandlerId, type RandomStream, type World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

interface Letter<Message> {
    readonly from: NodeId;
    readonly to: NodeId;
    readonly message: Message;
}

/**
 * Carries messages between the nodes of one cluster. What is sent where the network carries nothing is lost; what reaches
 * a frozen process waits until it reads again, and dies with it. Messages travel by TCP: packets that are lost by chance are
 * sent again, so they come later.
 */
export class Mailbox<Message> {
    private readonly inFlight: (Letter<Message> | undefined)[] = [];
    private readonly free: number[] = [];
    private readonly unread = new Map<NodeId, Letter<Message>[]>();
    private readonly deliver: HandlerId;
    /** When the last message on a lossy way arrives: what follows it in its connection waits for it. */
    private readonly lastMs = new Map<string, number>();
    private luck: RandomStream | undefined;

    constructor(
        private readonly world: World,
        private readonly receive: (letter: Letter<Message>) => void,
    ) {
        this.deliver = world.handler((slot) => this.arrived(slot));
    }

    /** Takes as long as the network does; the world must carry messages both ways, as a connection needs. */
    send(from: NodeId, to: NodeId, message: Message): void {
        const delay = this.world.delay(from, to);
        if (delay < 0 || this.world.delay(to, from) < 0) {
            return;
        }
        const arrivesMs = this.arrivalMs(from, to, delay);
        if (arrivesMs === Infinity) {
            return;
        }
        const slot = this.free.pop() ?? this.inFlight.length;
        this.inFlight[slot] = { from, to, message };
        this.world.schedule(arrivesMs, this.deliver, slot);
    }

    /** Lost packets are sent again, and what was sent behind them in the connection is read after them. */
    private arrivalMs(from: NodeId, to: NodeId, delay: number): number {
        const { world } = this;
        const loss = world.loss(from, to);
        if (loss === 0) {
            return world.now + delay;
        }
        this.luck ??= world.stream(world.cluster.name, 'lost packets');
        const way = `${from} ${to}`;
        const arrivesMs = Math.max(this.lastMs.get(way) ?? 0, world.now + delay + resendMs(loss, this.luck));
        if (arrivesMs !== Infinity) {
            this.lastMs.set(way, arrivesMs);
        }
        return arrivesMs;
    }

    /** The process reads what reached it while it was frozen. */
    readBacklog(node: NodeId): void {
        const waiting = this.unread.get(node) ?? [];
        this.unread.delete(node);
        waiting.forEach((letter) => this.receive(letter));
    }

    /** What the process had not read died with it. */
    dropBacklog(node: NodeId): void {
        this.unread.delete(node);
    }

    private arrived(slot: number): void {
        const letter = this.inFlight[slot]!;
        this.inFlight[slot] = undefined;
        this.free.push(slot);
        const process = this.world.process(letter.to);
        if (process === 'running') {
            this.receive(letter);
        } else if (process === 'frozen') {
            const waiting = this.unread.get(letter.to) ?? [];
            waiting.push(letter);
            this.unread.set(letter.to, waiting);
        }
    }
}
