/** What a run would be refused for is told at check time, in the words of the refusal. */
import { expect, test } from 'vitest';
import { collectFindings, runScenario } from '../../src/analysis/index.js';
import { findEngine } from '../../src/engines/index.js';
import type { Finding } from '../../src/topology/index.js';
import { topologyOf } from '../support/run.js';

const REDIS = `
    region r { zone a  zone b  zone c }
    cluster s: redis in r {
        nodes c-[1..6] across zones
        shard x-1 on c-1, c-4
        shard x-2 on c-2, c-5
        shard x-3 on c-3, c-6
    }`;

async function refusals(scenarios: string, system = REDIS): Promise<readonly Finding[]> {
    const findings = collectFindings(await topologyOf(`${system}\n${scenarios}`));
    return findings.filter(({ code }) => code === 'scenario/step-not-modelled');
}

test('each step that no run can take is told where it stands, once', async () => {
    const findings = await refusals(`
        scenario one { at 30s drain node s.c-1  at 1m promote s  at 2m fail node s.c-2  until 3m }
        scenario two { at 1m, repeat every 1m 3 times drain node s.c-3  until 9m }`);
    expect(findings.map(({ source }) => source.start.line)).toEqual([9, 9, 10]);
    expect(findings[0]!.severity).toBe('warning');
    expect(findings[0]!.message).toMatch(
        /^"drain node s\.c-1" is not modelled for s: Redis Cluster has no such order; /,
    );
    expect(findings[1]!.message).toContain('"promote s" is not modelled for s: Redis Cluster has no such order; ');
});

test('an order that the system takes is no finding, and neither is a fault', async () => {
    expect(await refusals('scenario one { at 30s switchover s to s.c-4  at 1m wipe node s.c-1  until 3m }')).toEqual(
        [],
    );
});

test('the run is refused in the same words, which tell an order that is not simulated from none', async () => {
    const kafka = `
        region r { zone a  zone b  zone c }
        cluster k: kafka in r { nodes b-[1..3] across zones as controller, broker  topic t { partitions 1  replicas 3 } }`;
    const scenario = 'scenario one { at 30s drain node k.b-1  until 3m }';
    const [finding] = await refusals(scenario, kafka);
    expect(finding!.message).toContain('`stop node …` takes a broker out as an upgrade does');
    const { verdict } = await runScenario(await topologyOf(`${kafka}\n${scenario}`), 0);
    expect(verdict.status).toBe('error');
    expect(finding!.message).toContain(verdict.notes[0]);
});

test('the design is asked once, however many steps it cannot take', async () => {
    let starts = 0;
    const engines: typeof findEngine = (name) => {
        const { behaviour, ...engine } = findEngine(name)!;
        return {
            ...engine,
            behaviour: (...asked) => {
                starts++;
                return behaviour!(...asked);
            },
        };
    };
    const steps = [1, 2, 3].map((node) => `at ${node}m drain node s.c-${node}`).join('  ');
    const findings = collectFindings(await topologyOf(`${REDIS}\nscenario many { ${steps} until 9m }`), { engines });
    expect(findings.filter(({ code }) => code === 'scenario/step-not-modelled')).toHaveLength(3);
    expect(starts).toBe(1);
});
