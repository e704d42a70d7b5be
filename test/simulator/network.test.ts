import { describe, expect, test } from 'vitest';
import { BASE_DELAY_MS, Network, type Position } from '../../src/simulator/network.js';
import { topology } from '../support/model.js';

/** Nodes a1, a2 in zone a, b1 in zone b, one node in no zone, and the point of a client in zone a. */
const model = topology([{ name: 'c', nodes: { a1: { zone: 'a' }, a2: { zone: 'a' }, b1: { zone: 'b' }, o: {} } }]);
const [A1, A2, B1, O, CLIENT] = [0, 1, 2, 3, 4];
const positions: Position[] = [
    ...model.nodes.map(({ id, zone, region }) => ({ node: id, zone, region })),
    { zone: 0, region: 0 },
];
const network = (): Network => new Network(model, positions);
const ZONE_A = [{ kind: 'zone', zone: 0 }] as const;
const REGION = [{ kind: 'region', region: 0 }] as const;

describe('network', () => {
    test('everybody reaches everybody, and itself at once', () => {
        expect(network().delay(A1, B1)).toBe(BASE_DELAY_MS);
        expect(network().delay(A1, A1)).toBe(0);
    });

    test('places hold their nodes and clients', () => {
        expect([...network().select(ZONE_A, [])]).toEqual([1, 1, 0, 0, 1]);
        expect([...network().select(REGION, [])]).toEqual([1, 1, 1, 0, 1]);
        expect([...network().select(ZONE_A, [O])]).toEqual([1, 1, 0, 1, 1]);
    });

    test('a cut is one way, spares who is not listed, and heals', () => {
        const net = network();
        net.cut(net.select(ZONE_A, []), net.select([], [B1]));
        expect(net.delay(A1, B1)).toBe(-1);
        expect(net.delay(CLIENT, B1)).toBe(-1);
        expect(net.delay(B1, A1)).toBe(BASE_DELAY_MS);
        expect(net.delay(A1, O)).toBe(BASE_DELAY_MS);
        expect(net.delay(A1, A2)).toBe(BASE_DELAY_MS);
        net.heal();
        expect(net.delay(A1, B1)).toBe(BASE_DELAY_MS);
    });

    test('delays end when the network heals, and isolations do not', () => {
        const net = network();
        net.slowDown(net.select(ZONE_A, []), 200);
        net.isolate(net.select([], [B1]));
        expect(net.delay(A1, O)).toBe(BASE_DELAY_MS + 200);
        expect([net.heal(), net.heal()]).toEqual([1, 0]);
        expect([net.delay(A1, O), net.delay(A1, B1)]).toEqual([BASE_DELAY_MS, -1]);
    });

    test('a point on both sides of a cut is cut off from those who stand on one, not from itself', () => {
        const net = network();
        const [zone, both] = [net.select(ZONE_A, []), net.select([], [A1, A2])];
        expect(net.cut(zone, both)).toBe(true);
        expect(net.delay(CLIENT, A1)).toBe(-1);
        expect(net.delay(A1, A2)).toBe(BASE_DELAY_MS);
        expect(net.cut(zone, both)).toBe(false);
        expect(net.cut(zone, net.select([], []))).toBe(false);
    });

    test('an isolated place keeps its inner links alone, both ways, until it is reconnected', () => {
        const net = network();
        expect(net.isolate(net.select(ZONE_A, []))).toBe(true);
        expect(net.isolate(net.select(ZONE_A, []))).toBe(false);
        expect(net.delay(A1, A2)).toBe(BASE_DELAY_MS);
        expect([net.delay(A1, B1), net.delay(B1, A1), net.delay(O, CLIENT)]).toEqual([-1, -1, -1]);
        expect(net.isIsolated(CLIENT)).toBe(true);
        expect(net.reconnect(net.select([], [A1]))).toBe(0);
        expect(net.reconnect(net.select(REGION, []))).toBe(1);
        expect(net.delay(A1, B1)).toBe(BASE_DELAY_MS);
    });

    test('healing cuts leaves isolations alone', () => {
        const net = network();
        net.isolate(net.select([], [B1]));
        net.heal();
        expect(net.delay(A1, B1)).toBe(-1);
    });

    test('slowness adds to every message to or from the place, is replaced by a later one, and 0 ends it', () => {
        const net = network();
        const zone = net.select(ZONE_A, []);
        net.slowDown(zone, 200);
        expect(net.delay(A1, B1)).toBe(BASE_DELAY_MS + 200);
        expect(net.delay(B1, A1)).toBe(BASE_DELAY_MS + 200);
        expect(net.delay(B1, O)).toBe(BASE_DELAY_MS);
        net.slowDown(net.select([], [B1]), 30);
        expect(net.delay(A1, B1)).toBe(BASE_DELAY_MS + 230);
        net.slowDown(zone, 50);
        expect(net.delay(A1, B1)).toBe(BASE_DELAY_MS + 80);
        net.slowDown(zone, 0);
        expect(net.delay(A1, O)).toBe(BASE_DELAY_MS);
    });

    test('points whose links are alike have one number, until links change', () => {
        const net = network();
        const kinds = (): number[] => [A1, A2, B1, O, CLIENT].map((point) => net.linksOf(point));
        expect(new Set(kinds()).size).toBe(1);
        net.cut(net.select(ZONE_A, []), net.select([], [B1]));
        const [a1, a2, b1, o, client] = kinds();
        expect([a2, client]).toEqual([a1, a1]);
        expect(new Set([a1, b1, o]).size).toBe(3);
        net.slowDown(net.select([], [A2]), 30);
        expect(net.linksOf(A2)).not.toBe(net.linksOf(A1));
        net.isolate(net.select([], [O]));
        net.heal();
        net.slowDown(net.select([], [A2]), 0);
        expect(net.linksOf(A1)).toBe(net.linksOf(B1));
        net.reconnect(net.select([], [O]));
        expect(new Set(kinds()).size).toBe(1);
    });
});
