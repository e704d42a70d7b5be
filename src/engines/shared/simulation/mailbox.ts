import { resendMs, type HandlerId, type RandomStream, type World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

interface Letter<Message> {
    readonly from: NodeId;
    readonly to: NodeId;
    readonly message: Message;
}

/** The same message to several nodes, which all have it at one moment, in the order in which it was sent to them. */
interface Circular<Message> {
    readonly from: NodeId;
    readonly to: readonly NodeId[];
    readonly message: Message;
}

/**
 * Carries messages between the nodes of one cluster. What is sent where the network carries nothing is lost; what reaches
 * a frozen process waits until it reads again, and dies with it. Messages travel by TCP: packets that are lost by chance are
 * sent again, so they come later.
 */
export class Mailbox<Message> {
    private readonly inFlight: (Letter<Message> | Circular<Message> | undefined)[] = [];
    private readonly free: number[] = [];
    private readonly unread = new Map<NodeId, Letter<Message>[]>();
    private readonly deliver: HandlerId;
    /** When the last message on a lossy way arrives: what follows it in its connection waits for it. */
    private readonly lastMs = new Map<string, number>();
    private luck: RandomStream | undefined;

    constructor(
        private readonly world: World,
        private readonly receive: (letter: Letter<Message>) => void,
        /** These processes are about to read what was sent to several, or what has waited for them. */
        private readonly beforeReading: (circular: Circular<Message>) => void = () => undefined,
    ) {
        this.deliver = world.handler((slot) => this.arrived(slot));
    }

    /** Takes as long as the network does; the world must carry messages both ways, as a connection needs. */
    send(from: NodeId, to: NodeId, message: Message): void {
        const arrivesMs = this.arrivalMs(from, to);
        if (arrivesMs !== Infinity) {
            this.post(arrivesMs, { from, to, message });
        }
    }

    /**
     * Sends the message to each of them, others than the sender, as so many calls of {@link send} in a row would. Those that have it in the same
     * millisecond share one event: nothing else could come between them.
     */
    sendAll(from: NodeId, recipients: Iterable<NodeId>, message: Message): void {
        const byArrival = new Map<number, NodeId[]>();
        const byLinks = new Map<number, number>();
        for (const to of recipients) {
            const links = this.world.linksOf(to);
            const arrivesMs = byLinks.get(links) ?? this.arrivalMs(from, to);
            if (!byLinks.has(links) && this.world.loss(from, to) === 0) {
                byLinks.set(links, arrivesMs);
            }
            const together = byArrival.get(arrivesMs);
            if (together) {
                together.push(to);
            } else if (arrivesMs !== Infinity) {
                byArrival.set(arrivesMs, [to]);
            }
        }
        byArrival.forEach((to, arrivesMs) => this.post(arrivesMs, { from, to, message }));
    }

    private post(arrivesMs: number, sent: Letter<Message> | Circular<Message>): void {
        const slot = this.free.pop() ?? this.inFlight.length;
        this.inFlight[slot] = sent;
        this.world.schedule(arrivesMs, this.deliver, slot);
    }

    /**
     * Infinity: never. Lost packets are sent again, and what was sent behind them in the connection is read after them.
     */
    private arrivalMs(from: NodeId, to: NodeId): number {
        const { world } = this;
        const delay = world.delay(from, to);
        if (delay < 0 || world.delay(to, from) < 0) {
            return Infinity;
        }
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
        for (const letter of waiting) {
            this.beforeReading({ ...letter, to: [letter.to] });
            this.receive(letter);
        }
    }

    /** What the process had not read died with it. */
    dropBacklog(node: NodeId): void {
        this.unread.delete(node);
    }

    private arrived(slot: number): void {
        const sent = this.inFlight[slot]!;
        this.inFlight[slot] = undefined;
        this.free.push(slot);
        if (isLetter(sent)) {
            this.hand(sent);
            return;
        }
        const { from, to, message } = sent;
        this.beforeReading({ from, to: to.filter((node) => this.world.process(node) === 'running'), message });
        for (const node of to) {
            this.hand({ from, to: node, message });
        }
    }

    private hand(letter: Letter<Message>): void {
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

function isLetter<Message>(sent: Letter<Message> | Circular<Message>): sent is Letter<Message> {
    return typeof sent.to === 'number';
}
