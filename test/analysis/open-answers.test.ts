/** What rules leave open is neither promised nor refuted, unless a run refutes it. */
import { expect, test } from 'vitest';
import { proveObjective, type ClauseVerdict } from '../../src/analysis/index.js';
import { findEngine, type Engine } from '../../src/engines/index.js';
import { topologyOf } from '../support/run.js';

async function toleranceOf(required: number): Promise<ClauseVerdict> {
    const topology = await topologyOf(`
        region lab { zone a  zone b  zone c }
        cluster k: kubernetes in lab {
            nodes cp-[1..3] across zones as control-plane
            nodes w-[1..3] across zones as worker
            statefulset web { replicas 3  required ${String(required)} }
        }
        objective o for k.web { tolerate any 1 zone }`);
    const known = findEngine('kubernetes')!;
    const open: Engine = {
        ...known,
        rules: (context) => ({
            monotone: false,
            serves: (_shard, _operation, { failed }) =>
                failed.length === 0 ? { serves: true } : { serves: false, reason: 'it depends on luck', isOpen: true },
            capacity: (state) => known.rules!(context).capacity(state),
            recovery: (...asked) => known.rules!(context).recovery(...asked),
            loss: (...asked) => known.rules!(context).loss(...asked),
        }),
    };
    return (await proveObjective(topology, 0, { engines: () => open })).clauses[0]!;
}

test('a run that survives leaves it open', async () => {
    const { status, actual } = await toleranceOf(2);
    expect(status).toBe('not-proved');
    expect(actual).toBe('Not proved for zone lab.a: it depends on luck.');
});

test('a run that does not refutes it', async () => {
    expect((await toleranceOf(3)).status).toBe('failed');
});

test('a promotion of which nobody says when it comes is neither proved nor refuted', async () => {
    const topology = await topologyOf(`
        region dc { zone a  zone b }
        failover-policy ap: active-passive { promote automatically }
        cluster pg: server in dc { nodes pg-[1..2] across zones failover ap }
        objective o for pg { tolerate any 1 node  restore reads within 1m }
        objective p for pg { tolerate any 2 nodes }`);
    const { status, clauses } = await proveObjective(topology, 0);
    expect(status).toBe('not-proved');
    expect(clauses.map((clause) => clause.status)).toEqual(['not-proved', 'not-proved']);
    expect(clauses[0]!.actual).toBe(
        'Not proved for node pg-1: pg-1 was the active server and is without power, and nothing says how soon that is noticed; say it with `detect within`.',
    );
    // Whatever is noticed, nobody is left.
    expect((await proveObjective(topology, 1)).status).toBe('failed');
});
