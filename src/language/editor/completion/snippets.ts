import type { Engine } from '../../../engines/index.js';
import { writtenName } from '../../names/quoting.js';
import { choice, snippetText, type CompletionRequest } from './request.js';

/** Most texts that a tab stop offers. */
const MOST_CHOICES = 20;

/** `in REGION { … }` behind an engine's name, with the engine's own body in it. */
export function engineBody(engine: Engine, request: CompletionRequest): string {
    const body = shifted(engine.snippet, 1)
        .split('\n')
        .map((line) => `\t${tabs(line)}`)
        .join('\n');
    return `in ${regionStop(1, request)} {\n${body}\n}`;
}

/** The whole declaration of a cluster of this engine. */
export function clusterSnippet(engine: Engine, request: CompletionRequest): string {
    const head = `cluster \${1:${engine.name}-1}: ${engine.name} in ${regionStop(2, request)} {`;
    const body = shifted(engine.snippet, 2)
        .split('\n')
        .map((line) => `\t${tabs(line)}`)
        .join('\n');
    return `${head}\n${body}\n}`;
}

function regionStop(stop: number, { visible }: CompletionRequest): string {
    const regions = visible.regionEntries().slice(0, MOST_CHOICES);
    const names = [...new Set(regions.map(([name]) => writtenName(name)))];
    return names.length > 0 ? choice(stop, names) : `\${${String(stop)}:region}`;
}

/** Tab stops counted on, so that others stand before them; the final one stays. */
function shifted(snippet: string, by: number): string {
    const next = (digits: string): string => (digits === '0' ? '0' : String(Number(digits) + by));
    return snippet.replace(/\\\$|\$\{(\d+)|\$(\d+)/g, (all, braced?: string, bare?: string) => {
        if (braced !== undefined) return `\${${next(braced)}`;
        return bare === undefined ? all : `$${next(bare)}`;
    });
}

/** Indentation in tabs, which an editor turns into what its user has set. */
function tabs(line: string): string {
    const spaces = /^ */.exec(line)?.[0].length ?? 0;
    const unit = spaces % 4 === 0 ? 4 : 2;
    return '\t'.repeat(spaces / unit) + line.slice(spaces);
}

interface StatementSnippet {
    readonly label: string;
    /** In snippet syntax; `<cluster>`, `<region>`, `<zone>` and `<workload>` stand for a name that is declared. */
    readonly insert: string;
}

/** What a keyword begins, by the rule of the grammar and the keyword. */
const STATEMENTS: Readonly<Record<string, readonly StatementSnippet[]>> = {
    'Region.region': [{ label: 'region', insert: 'region ${1:us-east-1} {\n\tzone a\n\tzone b\n\tzone c\n}' }],
    'Zone.zone': [{ label: 'zone', insert: 'zone ${1:a}' }],
    'Workload.workload': [
        {
            label: 'workload',
            insert: 'workload ${1:name} {\n\treads ${2:<cluster>} ${3:100/s}\n\twrites ${2:<cluster>} ${4:20/s}\n}',
        },
    ],
    'Objective.objective': [
        {
            label: 'objective',
            insert: 'objective ${1:survive-a-zone} for ${2:<cluster>} {\n\ttolerate any 1 ${3|zone,node,region|}\n\trestore writes within ${4:30s}\n}',
        },
    ],
    'Scenario.scenario': [
        {
            label: 'scenario',
            insert: 'scenario ${1:name} "${2:What happens}" {\n\tat ${3:30s} fail zone ${4:<zone>}\n\tuntil ${5:5m}\n\texpect writes of ${6:<cluster>} restored within ${7:30s}\n}',
        },
    ],
    'FailoverPolicy.failover-policy': [
        {
            label: 'failover-policy',
            insert: 'failover-policy ${1:warm-standby}: active-passive {\n\tdetect within ${2:3s}\n\tpromote ${3|automatically,manually|}\n\tfailback ${4|manually,automatically|}\n}',
        },
    ],
    'SharedEndpoint.endpoint': [
        {
            label: 'endpoint dns … route to',
            insert: 'endpoint ${1:name} dns ${2:shop.example.com} {\n\troute to ${3:<cluster>} by ${4|failover,latency,weight|}\n\tttl ${5:30s}\n}',
        },
    ],
    'Replication.replicate': [{ label: 'replicate', insert: 'replicate ${1:<cluster>} to ${2:name} { lag ${3:1s} }' }],
    'Import.import': [{ label: 'import', insert: 'import "$1"' }],
    'FailureRates.failure-rates': [
        {
            label: 'failure-rates',
            insert: 'failure-rates {\n\tnode every ${1:1y} repair ${2:4h}\n\tzone every ${3:3y} repair ${4:6h}\n}',
        },
    ],
    'Settings.settings': [{ label: 'settings', insert: 'settings {\n\t$0\n}' }],
    'Nodes.nodes': [{ label: 'nodes … across zones', insert: 'nodes ${1:name}-[1..${2:3}] across zones' }],
    'Nodes.node': [{ label: 'node', insert: 'node ${1:name}' }],
    'Endpoint.endpoint': [
        { label: 'endpoint discovery', insert: 'endpoint discovery' },
        {
            label: 'endpoint load-balancer',
            insert: 'endpoint load-balancer ${1:203.0.113.10} {\n\tcheck every ${2:5s}\n\ttimeout ${3:2s}\n\tfall ${4:2}\n\trise ${5:3}\n}',
        },
        {
            label: 'endpoint vip',
            insert: 'endpoint vip ${1:10.0.0.10} { advertise every ${2:1s}  preempt ${3|no,yes|} }',
        },
        { label: 'endpoint dns', insert: 'endpoint dns ${1:name.internal} { ttl ${2:5s} }' },
    ],
    'Failover.failover': [
        { label: 'failover active-active', insert: 'failover active-active' },
        {
            label: 'failover active-passive',
            insert: 'failover active-passive {\n\tdetect within ${1:3s}\n\tpromote ${2|automatically,manually|}\n}',
        },
    ],
    'Needs.needs': [{ label: 'needs', insert: 'needs ${1|writes,reads|} of $0' }],
    'Needs.wants': [{ label: 'wants', insert: 'wants ${1|reads,writes|} of $0' }],
    'Assumption.assume': [
        { label: 'assume', insert: 'assume ${1|failover,detection,recovery|} takes ${2:15s} to ${3:60s}' },
    ],
    'Waiver.waive': [{ label: 'waive', insert: 'waive "$1" because "${2:reason}"' }],
    'Tolerate.tolerate': [
        { label: 'tolerate any', insert: 'tolerate any ${1:1} ${2|zone,node,nodes,rack,region|}' },
        { label: 'tolerate any … for reads', insert: 'tolerate any ${1:1} ${2|region,zone,node|} for reads' },
    ],
    'RestoreWithin.restore': [{ label: 'restore … within', insert: 'restore ${1|writes,reads|} within ${2:30s}' }],
    'LoseWrites.lose': [
        { label: 'lose no writes', insert: 'lose no writes' },
        { label: 'lose at most … of writes', insert: 'lose at most ${1:2s} of writes' },
    ],
    'MinimumAvailability.availability': [{ label: 'availability', insert: 'availability ${1:99.95%}' }],
    'MinimumDurability.durability': [{ label: 'durability', insert: 'durability ${1:99.999999999%}' }],
    'Step.at': [
        { label: 'at … crash node', insert: 'at ${1:30s} crash node $0' },
        { label: 'at … fail node', insert: 'at ${1:30s} fail node $0' },
        { label: 'at … fail zone', insert: 'at ${1:30s} fail zone ${2:<zone>}' },
        { label: 'at … fail node leader of', insert: 'at ${1:30s} fail node leader of ${2:<cluster>}' },
        { label: 'at … restore zone', insert: 'at ${1:5m} restore zone ${2:<zone>}' },
        { label: 'at … isolate zone', insert: 'at ${1:30s} isolate zone ${2:<zone>}' },
        { label: 'at … partition', insert: 'at ${1:30s} partition ${2:<zone>} | $0' },
        { label: 'at … heal', insert: 'at ${1:5m} heal' },
        { label: 'at … slow zone', insert: 'at ${1:30s} slow zone ${2:<zone>} by ${3:200ms}' },
        { label: 'at … roll nodes', insert: 'at ${1:30s} roll nodes of ${2:<cluster>} every ${3:2m}' },
        { label: 'at …, repeat every', insert: 'at ${1:30s}, repeat every ${2:1h} ${3:3} times $0' },
    ],
    'Until.until': [{ label: 'until', insert: 'until ${1:5m}' }],
    'Seed.seed': [{ label: 'seed', insert: 'seed ${1:7}' }],
    'Expectation.expect': [
        {
            label: 'expect … restored within',
            insert: 'expect ${1|writes,reads|} of ${2:<cluster>} restored within ${3:30s}',
        },
        { label: 'expect … uninterrupted', insert: 'expect ${1|reads,writes|} of ${2:<cluster>} uninterrupted' },
        {
            label: 'expect … unavailable at',
            insert: 'expect ${1|writes,reads|} of ${2:<cluster>} unavailable at ${3:1m}',
        },
        { label: 'expect … available at', insert: 'expect ${1|writes,reads|} of ${2:<cluster>} available at ${3:1m}' },
        {
            label: 'expect … interrupted for at least',
            insert: 'expect ${1|writes,reads|} of ${2:<cluster>} interrupted for at least ${3:5s}',
        },
        { label: 'expect no lost writes', insert: 'expect no lost writes in ${1:<cluster>}' },
        { label: 'expect at most … lost writes', insert: 'expect at most ${1:100} lost writes in ${2:<cluster>}' },
        { label: 'expect no stale reads', insert: 'expect no stale reads in ${1:<cluster>}' },
        { label: 'expect … led by', insert: 'expect ${1:<cluster>} led by $0 at ${2:5m}' },
        { label: 'expect no split brain', insert: 'expect no split brain in ${1:<cluster>}' },
        { label: 'expect capacity … at least', insert: 'expect capacity of ${1:<cluster>} at least ${2:60%}' },
        {
            label: 'expect availability … at least',
            insert: 'expect availability of ${1:<workload>} at least ${2:99.9%}',
        },
        { label: 'expect … fully replicated', insert: 'expect ${1:<cluster>} fully replicated at ${2:10m}' },
        { label: 'expect health', insert: 'expect health of ${1:<cluster>} ${2|yellow,green,red|} at ${3:1m}' },
        { label: 'expect drain', insert: 'expect drain of ${1:node} ${2|done,blocked|} at ${3:5m}' },
    ],
};

/** The snippets of a keyword, with names that are declared. */
export function statementSnippets(rule: string, keyword: string, request: CompletionRequest): StatementSnippet[] {
    const key = `${rule}.${keyword}`;
    const snippets = Object.hasOwn(STATEMENTS, key) ? (STATEMENTS[key] ?? []) : [];
    return snippets.map(({ label, insert }) => ({ label, insert: withNames(insert, request) }));
}

function withNames(insert: string, { visible }: CompletionRequest): string {
    return insert.replace(/<(cluster|zone|workload)>/g, (_, kind: string) => {
        const name = firstName(kind, visible);
        return name === undefined ? kind : snippetText(name);
    });
}

function firstName(kind: string, visible: CompletionRequest['visible']): string | undefined {
    if (kind === 'cluster') return written(visible.clusterEntries()[0]?.[0]);
    if (kind === 'workload') return written(visible.targetEntries().find(([, { $type }]) => $type === 'Workload')?.[0]);
    for (const [region] of visible.regionEntries()) {
        const [zone] = visible.zoneEntries(region);
        if (zone) return `${writtenName(region)}.${writtenName(zone[0])}`;
    }
    return undefined;
}

function written(name: string | undefined): string | undefined {
    return name === undefined ? undefined : writtenName(name);
}
