/** Events a second of the simulator, with trace and invariants on, beside SimPy on the same model where it is installed. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { engineContext, findEngine } from '../src/engines/index.js';
import { loadWorkspace } from '../src/language/index.js';
import { simulate, type BehaviourFactory } from '../src/simulator/index.js';
import type { Topology } from '../src/topology/index.js';

interface Row {
    readonly what: string;
    readonly value: string;
    readonly limit?: string;
    readonly note?: string;
}

const NODES = 1000;
const SECONDS = 1500;
const HEARTBEAT_MS = 1000;
const REPEATS = 3;

export async function bench(): Promise<Row[]> {
    return [kernel(), await redis()];
}

/**
 * Heartbeats of a thousand nodes, each after a random pause: one in a hundred of them is worth a line in the trace, one in a
 * thousand another leader.
 */
function kernel(): Row {
    const topology = heartbeatTopology();
    const scenario = topology.scenarios[0]!;
    let best = 0;
    let events = 0;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
        const started = process.cpuUsage();
        events = simulate(topology, scenario, () => heartbeats).events;
        const { user, system } = process.cpuUsage(started);
        best = Math.max(best, events / ((user + system) / 1e6));
    }
    const peer = simPy();
    const value = `${(best / 1e6).toFixed(2)} M events/s`;
    const what = `kernel, ${NODES} nodes, ${events} events, trace and invariants on`;
    return peer === undefined
        ? { what, value, limit: 'goal 4 M/s', note: 'SimPy is not installed (Debian: python3-simpy3)' }
        : {
              what,
              value,
              limit: `SimPy ${(peer / 1e6).toFixed(3)} M events/s`,
              note: `${(best / peer).toFixed(1)} ×, goal 10 ×`,
          };
}

/** Whoever sends the thousandth of its beats leads from then on, in an epoch of its own: two changes a second. */
const heartbeats: BehaviourFactory = (world) => {
    const random = world.stream('all', 'heartbeat');
    let [leader, epoch] = [0, 1];
    const beat = world.handler((node, count) => {
        if (count % 100 === 0) {
            const beats = world.record({ kind: 'state', text: 'beats', cause: -1, node });
            if (count % 1000 === 0) lead(node, beats);
        }
        world.schedule(world.now + random.between(1, HEARTBEAT_MS), beat, node, count + 1);
    });
    const lead = (node: number, cause: number): void => {
        world.release(0, leader, cause);
        [leader, epoch] = [node, epoch + 1];
        world.claim(0, leader, epoch, cause);
        world.changed([0]);
    };
    return {
        start: () => {
            world.claim(0, leader, epoch, -1);
            world.topology.nodes.forEach(({ id }) => world.schedule(id % HEARTBEAT_MS, beat, id, 1));
        },
        hostChanged: () => undefined,
        networkChanged: () => undefined,
        attempt: () => ({ outcome: 'ok', afterMs: 1, node: leader }),
        steadiness: () => ({ kind: 'ok', afterMs: 1, node: leader }),
        leaders: () => [leader],
        serving: () => true,
    };
};

function heartbeatTopology(): Topology {
    const point = { line: 0, character: 0 };
    const source = { uri: 'bench:heartbeats', start: point, end: point };
    const nodes = Array.from({ length: NODES }, (_, id) => ({
        id,
        name: `n-${id}`,
        qualifiedName: `c.n-${id}`,
        owner: 0,
        source,
    }));
    const copies = nodes.map(({ id }) => id);
    return {
        uri: source.uri,
        regions: [],
        zones: [],
        nodes,
        clusters: [
            {
                id: 0,
                name: 'c',
                engine: 'none',
                engineSource: source,
                places: [],
                members: nodes.map(({ id }) => ({ node: id, roles: [], settings: [], source })),
                groups: [],
                shards: [0],
                endpoints: [],
                needs: [],
                assumptions: [],
                waivers: [],
                settings: [],
                source,
            },
        ],
        groups: [],
        shards: [{ id: 0, cluster: 0, name: 'c', copies, placedBy: 'file', settings: [], source }],
        workloads: [],
        replications: [],
        addresses: [],
        objectives: [],
        scenarios: [{ name: 'beat', seed: 1, steps: [], untilMs: SECONDS * 1000, expectations: [], source }],
    };
}

/** Events a second of the same heartbeats in SimPy, undefined where it is not installed. */
function simPy(): number | undefined {
    const program = `
import random, simpy, time
env = simpy.Environment(); random.seed(1); count = 0
def node(env):
    global count
    while True:
        yield env.timeout(random.randint(1, ${HEARTBEAT_MS})); count += 1
for _ in range(${NODES}): env.process(node(env))
start = time.process_time(); env.run(until=100000)
print(count / (time.process_time() - start))
`;
    for (const python of ['python3', '/usr/bin/python3']) {
        const { status, stdout } = spawnSync(python, ['-c', program], { encoding: 'utf8' });
        if (status === 0) {
            return Number(stdout.trim());
        }
    }
    return undefined;
}

/** The Redis example's scenarios, start to end, clients included. */
async function redis(): Promise<Row> {
    const text = readFileSync(new URL('../examples/redis.cluster', `file://${process.cwd()}/bench/`), 'utf8');
    const [document] = await loadWorkspace([{ uri: 'file:///redis.cluster', text }]);
    const { topology } = document!;
    let requests = 0;
    const started = process.cpuUsage();
    const runs = 20;
    for (let seed = 1; seed <= runs; seed++) {
        for (const scenario of topology.scenarios) {
            const run = simulate(
                topology,
                scenario,
                (cluster) => (world) => {
                    const engine = findEngine(cluster.engine)!;
                    return engine.behaviour!(engineContext(topology, cluster, engine), world);
                },
                { seed },
            );
            requests += run.workloads.reduce((sum, { sent }) => sum + sent, 0);
        }
    }
    const { user, system } = process.cpuUsage(started);
    const perRun = (user + system) / 1000 / (runs * topology.scenarios.length);
    return {
        what: 'examples/redis.cluster, a scenario of some minutes',
        value: `${perRun.toFixed(1)} ms a run`,
        note: `${Math.round(requests / runs / topology.scenarios.length)} requests with an outcome each`,
    };
}
