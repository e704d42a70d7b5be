import type { Doubt, Moment, NodeState } from '../../src/diagram/index.js';

interface MomentSketch {
    readonly nodes?: Readonly<Record<string, NodeState>>;
    readonly doubts?: Readonly<Record<string, Doubt['holds']>>;
    readonly recovering?: readonly string[];
    /** Lanes that nobody is served by. */
    readonly dark?: readonly string[];
}

/** An instant made by hand; what is not named is well. */
export function momentOf({ nodes = {}, doubts = {}, recovering = [], dark = [] }: MomentSketch): Moment {
    return {
        atMs: 40_000,
        nodes: new Map(Object.entries(nodes).map(([id, state]) => [id, { state, connection: 'whole' }])),
        doubts: new Map(
            Object.entries(doubts).map(([id, holds]) => [id, [{ by: 'cluster:sessions', holds, sinceMs: 30_000 }]]),
        ),
        recovering: new Map(recovering.map((id) => [id, 0.5])),
        leaders: new Map(),
        vacant: new Map(),
        severedSince: () => undefined,
        sending: () => undefined,
        era: '',
        lanes: new Map(),
        troubles: new Map(
            dark.map((lane) => [
                lane,
                (['read', 'write'] as const).map((operation) => ({
                    operation,
                    fromMs: 30_000,
                    toMs: null,
                    form: 'dark' as const,
                })),
            ]),
        ),
        told: 0,
    };
}
