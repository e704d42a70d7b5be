/** The words of a server cluster: its settings and a body to start from. */
import type { SettingSpec } from '../engine.js';
import { ASSUMPTION, ELB, HAPROXY, HAPROXY_REDISPATCH, HAPROXY_RETRIES, KEEPALIVED, PATRONI } from './sources.js';

export const settings: readonly SettingSpec[] = [
    {
        key: 'vrrp_version',
        type: { kind: 'enum', values: ['2', '3'] },
        default: '2',
        scope: ['cluster'],
        documentation:
            'Version of VRRP that the members of a `vip` speak. It decides how long a member of lower priority waits after ' +
            'the others: `(256 - priority) / 256` **seconds** in version 2, the same share of the **advertisement interval** ' +
            'in version 3. With intervals under a second only version 3 fails over quickly.',
        source: KEEPALIVED,
        modelled: true,
    },
    {
        key: 'ttl',
        type: { kind: 'duration', unit: 's' },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'With `failover active-passive` whose clients know the servers or look a name up: the active server holds a **lease** for ' +
            'this long and renews it every `loop_wait` (Patroni: the leader key). When it runs out, or is given up by a clean stop, ' +
            'the next server in order asks the others how far they are (those that do not answer within 2 s are passed over), takes it and ' +
            'is promoted. A clean stop, and `switchover`, give it up after the second in which Patroni sees its database down. The lease ' +
            'decides in the place of `detect within`. The store that holds it stands ' +
            'outside all places and does not fail. What the servers hold is not modelled, so nothing is said about lost writes.',
        source: PATRONI,
        modelled: true,
    },
    {
        key: 'loop_wait',
        type: { kind: 'duration', unit: 's' },
        default: 10_000,
        scope: ['cluster'],
        documentation:
            'With `ttl`: the distance between two renewals of the lease. A server that dies has renewed it up to this long before, ' +
            'so it takes from `ttl` less `loop_wait` to `ttl` until another can take over.',
        source: PATRONI,
        modelled: true,
    },
    {
        key: 'retry_timeout',
        type: { kind: 'duration', unit: 's' },
        default: 10_000,
        scope: ['cluster'],
        documentation:
            'With `ttl`: how long an active server that cannot renew its lease tries again before it steps back. Patroni wants ' +
            '`loop_wait + 2 × retry_timeout <= ttl`, so that it has stepped back before another takes over.',
        source: PATRONI,
        modelled: true,
    },
    {
        key: 'assumed.promotion-time',
        type: { kind: 'duration', unit: 'ms' },
        default: 2000,
        scope: ['cluster'],
        documentation:
            'With `ttl`: the longest that a server that has taken the lease needs before it serves. A run draws from nothing to this. ' +
            'Nobody documents it; PostgreSQL ends its recovery within a second or two if it has little left to replay.',
        source: ASSUMPTION,
        modelled: true,
    },
    {
        key: 'load_balancer_type',
        type: { kind: 'enum', values: ['application', 'network'] },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'The load balancer is one of AWS. Its checks **begin** at a fixed distance (HAProxy: the pause follows the end of one), and ' +
            'where the endpoint says nothing they do so every 30 s, with 2 failed ones to take a target out, 5 passed ones to take it back ' +
            'and a timeout of 5 s (`application`) or 10 s (`network`, over TCP). It tries nothing again and sends requests to all targets ' +
            'once none is healthy; zones share targets in `application` (`cross-zone`), not in `network`. Without this setting a ' +
            'load balancer is HAProxy.',
        source: ELB,
        modelled: true,
    },
    {
        key: 'retries',
        type: { kind: 'number', minimum: 0, maximum: 1000 },
        default: 3,
        scope: ['cluster'],
        documentation:
            'How often a load balancer whose connection to a server is refused tries again before it answers its client with an error ' +
            '(HAProxy: `retries`): the same server after a pause of one second, or another one at once with `redispatch`. A server ' +
            'that restarts within these seconds costs its clients time and no errors, if they wait that long. What clients try again themselves is said with a workload.',
        source: HAPROXY_RETRIES,
        modelled: true,
    },
    {
        key: 'redispatch',
        type: { kind: 'boolean', yes: 'yes', no: 'no' },
        default: false,
        scope: ['cluster'],
        documentation:
            'Whether a load balancer whose connection to a server is refused goes on to the next server (HAProxy: ' +
            '`option redispatch`), up to `retries` times. Clients then see no errors while one server still accepts connections. Without ' +
            'it the balancer asks the dead server again, and its client is told or gives up; a client that tries again by itself, ' +
            'as all do once unless they say `retries = 0`, may meet the same server. A server that accepts and never answers is ' +
            'not covered: the request hangs until its client gives up.',
        source: HAPROXY_REDISPATCH,
        modelled: true,
    },
    {
        key: 'timeout connect',
        type: { kind: 'duration', unit: 'ms' },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'How long a load balancer waits for its connection to a server to be made (HAProxy: `timeout connect`), which a host ' +
            'without power never answers; then it tries again as `retries` and `redispatch` say. Without it requests to such a host ' +
            'hang until their clients give up. A check of such a host, where the endpoint names a `timeout` for it, fails after the ' +
            'shorter of this and its interval, and one of a server that accepts it and is silent no earlier than that. The key is ' +
            'written in quotes: `"timeout connect" = 500ms`.',
        source: HAPROXY_RETRIES,
        modelled: true,
    },
    {
        key: 'fastinter',
        type: { kind: 'duration', unit: 'ms' },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'The pause between two checks of a load balancer while a server is in doubt: some of its last checks failed and it is ' +
            'still used, or some passed and it is still out (HAProxy: `fastinter`). Without it the pause is that of `check every`.',
        source: HAPROXY,
        modelled: true,
    },
    {
        key: 'downinter',
        type: { kind: 'duration', unit: 'ms' },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'The pause between two checks of a load balancer while a server is out and its last check failed (HAProxy: `downinter`). ' +
            'Without it the pause is that of `check every`.',
        source: HAPROXY,
        modelled: true,
    },
];

export const snippet = [
    'nodes ${1:web}-[1..${2:3}] across zones { capacity ${3:500/s} }',
    'endpoint load-balancer ${4:203.0.113.10} {',
    '  balance round-robin',
    '  check every 2s  timeout 1s  fall 3  rise 2',
    '}',
    'failover active-active',
].join('\n');

export const documentation = [
    'Plain servers behind one address: all serving at once (`failover active-active`) or one serving while others wait',
    '(`failover active-passive`).',
    '',
    '- `endpoint vip`: the members agree by **VRRP** (keepalived) who holds the address. No quorum: members that cannot hear',
    '  each other all take it. `crash` and `freeze` strike the service alone; VRRP lives on beside it, and gives the address up',
    '  only where the address has a `check` and that fails. `fail` and `stop` take both.',
    '- `endpoint load-balancer`: a balancer checks every server by itself and sends requests to those it believes in, as HAProxy does,',
    '  or as those of AWS with `load_balancer_type`. It stands outside all places: whoever is isolated is cut off from it.',
    '  Its checks are taken to ask over HTTP (HAProxy: `option httpchk`), so a server that hangs fails them. One that only connects would',
    '  pass, since the host accepts the connection, and the server would never be taken out.',
    '- `endpoint dns`, `endpoint discovery` or none: clients know the servers, or are told of a new active one after the',
    '  time that `detect within` allows, or when the lease runs out that `ttl` and `loop_wait` tell of (Patroni). An operator may move it:',
    '  `switchover X to N`, or `promote X` in the place of a dead one. Whoever watches the servers stands outside all places.',
    '',
    '`drain node` takes a server out of the rotation of a load balancer at once; requests that it has are answered, and its process goes on',
    'until `stop node`; `restart node` puts it back, `restore node` after a failure does not.',
    '',
    'A server cluster holds no data of its own: what its servers need elsewhere is said with `needs`, and `lose no writes` is proved for',
    'what they need writes of. What becomes of writes that the servers keep themselves is not modelled, such as where `ttl` tells of a',
    'lease: no proof and no expectation about lost writes or stale reads is decided. Nor is Redis Sentinel, whose sentinels',
    'would have to stand somewhere and vote.',
    '',
    'Not modelled: a VRRP process that dies or hangs by itself while its host lives (one that hangs does not learn that another',
    'took the address; after the thaw both hold it until they hear each other), checks that only lower a priority (`weight`),',
    'stale neighbour entries of clients that missed the announcement of a new holder, load balancers that fail, their passive',
    'checks, nodes of a managed balancer that each check by themselves (here one does for all), backup servers, slow start, weights,',
    'zones that a managed balancer takes out of its name, how many targets it wants healthy, virtual addresses that a cloud moves by its',
    'own calls, Pacemaker, IPVS, session state.',
].join('\n');
