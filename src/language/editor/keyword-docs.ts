/** What the words of the language mean, for hover and completion: Markdown by the word, or by rule and word where it has several meanings. */
const SPLIT_BRAIN =
    '`split brain in X`: two act as leader at once, and each can acknowledge what it is told. One that has been replaced, does ' +
    'not know it yet and waits in vain for others to agree is none: the story tells it.';

const KEYWORDS: Readonly<Record<string, string>> = {
    import: '`import "FILE"`: this file sees what the other declares. Its objectives and scenarios are not run from here.',
    region: '`region NAME { zone … }`: a region with its zones. Regions of one name are one region, also across files.',
    zone: '`zone NAME { node … }`: an availability zone of a region; nodes may be declared where they stand.',
    cluster:
        '`cluster NAME: ENGINE "VERSION" in PLACE { … }`: nodes that run one system. The version decides which defaults count; without it the newest that is known.',
    node: '`node NAME in PLACE as ROLE { … }`: one node.',
    nodes: '`nodes NAME-[1..6] across zones`: a range of nodes. `across` deals them out in turns, from the first zone anew in each statement.',
    members: '`members N, M as ROLE`: nodes that are declared elsewhere take part in this cluster.',
    across: '`across zones` or `across PLACE, …`: the nodes of a range are dealt out in turns. A region stands for its zones.',
    zones: '`across zones`: all zones of the place in which the cluster stands.',
    as: '`as ROLE, …`: the parts that these nodes play in their system.',
    in: '`in PLACE`: where it stands.',
    on: '`on NODE, NODE`: the nodes that hold the copies; the first is the primary or preferred leader.',
    settings:
        '`settings { key = value }`: configuration in the real system’s own keys. Settings of a node win over those of a shard, a group and the cluster, in this order.',
    'failure-rates':
        '`failure-rates { node every 1y repair 4h }`: how often parts fail by themselves and how long they stay away. Availability and durability are computed from it.',
    replicas:
        '`replicas N`, or `replicas REGION N, REGION M`: copies of each shard, counted as the real system counts: some count all copies, others those beside the primary. A hint shows the total.',
    spread: '`spread zone|node|none`: how copies of one shard keep apart.',
    required: '`required N`: how many members make the group available; 1 unless said.',
    'disruption-budget':
        '`disruption-budget { max-unavailable 1 }`: how many members an operator may take away at once.',
    'max-unavailable': 'The most members that may be away at once, as a number or a share.',
    'min-available': 'The fewest members that must stay, as a number or a share.',
    endpoint:
        '`endpoint KIND ADDRESS { … }`: the address that clients use. Outside of clusters `endpoint NAME KIND ADDRESS { route to … }` stands before several, and a workload may read and write NAME.',
    vip: '`endpoint vip ADDRESS`: an address that moves between servers (VRRP). The highest `priority` that is alive holds it.',
    'load-balancer': '`endpoint load-balancer ADDRESS`: spreads requests over the members that pass its checks.',
    dns: '`endpoint dns NAME { ttl 5s }`: a name; clients keep its answer for as long as its TTL says.',
    discovery: '`endpoint discovery`: clients learn the nodes themselves and need no address.',
    serves: '`serves reads|writes|all`: what the address answers; a cluster may have one for writes and one for reads.',
    advertise: '`advertise every 1s`: how often the holder of the address announces itself (VRRP).',
    preempt: '`preempt yes|no`: whether a server with a higher priority takes the address back when it returns.',
    'preempt-delay':
        '`preempt-delay 5s`: how long a server with a higher priority waits before it takes the address back.',
    balance: '`balance round-robin`: how requests are spread.',
    check: '`check every 5s`: how often health is checked.',
    timeout: 'How long an answer may take.',
    retries: 'How often a failed request is tried again, each time on the next address.',
    fall: '`fall 3`: failed checks in a row after which a member is taken out.',
    rise: '`rise 2`: good checks in a row after which a member is taken in again.',
    ttl: '`ttl 5s`: how long clients keep an answer.',
    'cross-zone': '`cross-zone no`: the balancer sends only to members of its own zone.',
    'fail-open': '`fail-open yes`: if no member passes its checks, requests are sent to all.',
    route: '`route to A, B by failover|latency|weight`: the clusters behind a shared address. Clients are sent to the first, the nearest, or all in turn of those that pass its checks.',
    failover:
        '`failover active-active`, `failover active-passive { … }` or `failover POLICY`: who takes over, and how.',
    'failover-policy': '`failover-policy NAME: active-passive { … }`: a way to fail over that several clusters share.',
    'active-active': 'All members serve at once; there is nothing to promote.',
    'active-passive': 'One member serves; another is promoted when it fails.',
    detect: '`detect within 3s`: the longest until a failure is noticed.',
    promote: '`promote automatically|manually`: who promotes the next one.',
    order: '`order N, M`: who is promoted first.',
    fence: '`fence yes`: the old one is cut off before the new one serves, so that two never serve at once.',
    failback: '`failback automatically|manually`: who makes the old one active again after it has returned.',
    automatically: 'The system does it by itself.',
    manually: 'An operator does it; without one nothing happens.',
    needs: '`needs writes of X, reads of Y`: this cluster answers only while those do, as seen from each of its nodes.',
    wants: '`wants reads of X`: without it this cluster still answers, degraded.',
    assume: '`assume failover takes 15s to 60s`: bounds that no document gives. Results that rest on it say so.',
    takes: 'The shortest and the longest time.',
    detection: 'How long it takes until a failure is noticed.',
    recovery: 'How long it takes until all copies are there again.',
    waive: '`waive "CODE" because "reason" until "2027-03-31"`: an accepted finding; it is shown as information until that day.',
    because: 'The reason, for those who read it later.',
    capacity:
        '`capacity 500/s`: requests a second that a member carries. Without it the member is never the bottleneck.',
    tier: '`tier 0`: the promotion tier; lower ones first.',
    priority: '`priority 150`: who holds the address or is promoted first; the highest wins.',
    rack: '`rack r1`: nodes of one rack fail together.',
    replicate: '`replicate A to B { lag 800ms }`: an asynchronous copy of a whole cluster, one way.',
    lag: '`lag 800ms`: how far the copy is behind.',
    workload:
        '`workload NAME in PLACE { reads X 100/s }`: clients, where they stand and what they ask. Without a place they stand outside everything.',
    arrivals: '`arrivals even|poisson`: requests at even distances, or at random.',
    even: 'Requests come at even distances.',
    poisson: 'Requests come at random at the declared rate.',
    reads: 'Requests that read.',
    writes: 'Requests that write.',
    from: '`from replicas`: the reads may be answered by copies; staleness is counted. Behind `expect … of X`: the place of the observer.',
    with: '`with key = value, …`: settings of the client.',
    objective:
        '`objective NAME for X, Y { tolerate any 1 zone }`: what must hold. Decided while you type over all failure sets, not a sample.',
    for: 'What it is about.',
    tolerate:
        '`tolerate any 1 zone and 1 node`: decided over all sets of at most so many failures, struck at one instant by loss of power. It holds, or a smallest set that breaks it is named.',
    any: 'All sets of that size, the worst included.',
    racks: 'All nodes of a rack at once.',
    regions: 'All nodes of a region at once.',
    restore: '`restore writes within 30s`: the longest outage in the worst of the tolerated failures.',
    lose: '`lose no writes` or `lose at most 2s of writes`: acknowledged writes that may be gone, in the worst of the tolerated failures.',
    availability:
        '`availability 99.95%`: the share of time in which all of it answers, computed from the failure rates.',
    durability: '`durability 99.999999999%`: the share of data that survives a year, computed from the failure rates.',
    scenario:
        '`scenario NAME "title" { at 30s fail zone r.a  until 5m  expect … }`: one course of events, simulated, and what is expected of it.',
    seed: '`seed 7`: the number from which everything random is drawn. The same seed gives the same history.',
    at: '`at 30s FAULT`: strikes at that time. `at 30s, repeat every 1h 3 times FAULT` repeats it.',
    until: '`until 15m`: when the scenario ends.',
    repeat: '`repeat every 1h 3 times`: the same again.',
    every: 'The time between two.',
    times: 'How often.',
    crash: '`crash node N`: the process of the service dies. The host lives and refuses connections. What belongs to the service is said by `faultline explain SYSTEM` where it is not plain.',
    fail: '`fail node|zone|region P`: power is lost, silence follows.',
    stop: '`stop node N`: a clean shutdown of all services on the node, those of other clusters too. The host itself lives, answers and refuses connections to them, as after `crash`; `fail node N` takes its power.',
    drain: '`drain node N`: what runs on the node is evicted politely, and disruption budgets are kept; where the node holds copies, these move to others.',
    restart: '`restart node N`: starts a crashed or stopped process; restarts a running one.',
    freeze: '`freeze node N`: the process stands still and its connections stay open.',
    unfreeze: '`unfreeze node N`: a frozen process goes on.',
    wipe: '`wipe node N`: its disk is lost.',
    isolate:
        '`isolate node|zone|region P`: alive and out of reach. What stands in an isolated place still reaches each other; of several that are listed, each is out of reach of the others too.',
    partition: '`partition A | B, C`: the sides do not reach each other. What is on no side reaches all.',
    cut: '`cut A -> B`: nothing from A reaches B; the way back stays open.',
    heal: '`heal`: takes back all partitions, cuts, delays and losses.',
    slow: '`slow node|zone P by 200ms`: delay.',
    drop: '`drop 10% between P and Q`: loss of messages; `drop 100%` is a cut both ways.',
    between: 'Both ends, in both directions.',
    roll: '`roll nodes of X every 2m`: a rolling restart.',
    switchover: '`switchover X to N`: a planned change of leader.',
    leader: '`leader of X`: whoever leads at that instant. Of a whole cluster: the elected controller, master or active NameNode.',
    expect: '`expect …`: what must turn out so for the scenario to pass.',
    restored: '`restored within 20s`: every outage ends within so long of the last fault before it began.',
    interrupted: '`interrupted for at least 7s`: there is an outage of at least this length.',
    uninterrupted: 'No request fails.',
    available: '`available at 2m`: in the second after it all requests succeed.',
    unavailable: '`unavailable at 2m`: in the second after it all requests of at least one shard fail.',
    lost: 'Acknowledged writes that no copy and no disk holds any more, or that a promotion discarded.',
    stale: 'Reads that did not see an acknowledged write.',
    health: '`health of X yellow at 40s`: the colour that the system itself would show.',
    blocked: 'A disruption budget does not allow it.',
    done: 'Nothing is left on the node.',
    led: '`X led by N at 5m`: who leads.',
    nobody: 'Nobody leads.',
    fully: '`fully replicated at 20m`: every shard has all its copies.',
    brain: SPLIT_BRAIN,
    split: SPLIT_BRAIN,
    'Waiver.until': 'The last day on which the finding is accepted: `"2027-03-31"`.',
    'PlaceFault.restore': '`restore node|zone|region P`: takes back fail, crash, stop and isolate.',
    'Promote.promote': '`promote X`: an operator’s manual step; the copy takes over.',
    'ExpectDrain.drain': '`drain of N blocked|done at 5m`: how far an eviction has come.',
    'ExpectAvailability.availability':
        '`availability of W at least 99.9%`: succeeded requests over those sent, from the start to `until`.',
    'ExpectCapacity.capacity':
        '`capacity of X at least 60%`: what is up over what is declared, at its lowest from the first fault on.',
    'FailureRate.node': '`node every 1y repair 4h`: mean time between two failures of one node, and until it is back.',
    'FailureRate.zone': '`zone every 3y repair 6h`: mean time between two failures of one zone, and until it is back.',
    'FailureRate.region':
        '`region every 20y repair 8h`: mean time between two failures of one region, and until it is back.',
    'FailureRate.rack': '`rack every 10y repair 2h`: mean time between two failures of one rack, and until it is back.',
    process: '`process every 180d repair 10m`: mean time between two failures of one process, and until it is back.',
    disk: '`disk every 60y repair 1d`: mean time between two failures of one disk, and until it is replaced.',
    repair: 'The mean time until it is back.',
    'Selection.node': 'The named nodes.',
    'Selection.zone': 'Everything that stands in the named zones.',
    'Selection.region': 'Everything that stands in the named regions.',
    'NodeFault.node': 'The named nodes, or `leader of X`: whoever leads at that instant.',
    'SideMember.node': 'A single node on this side.',
    'FailureCount.node': 'Loss of so many nodes at once.',
    'FailureCount.nodes': 'Loss of so many nodes at once.',
    'FailureCount.zone': 'Loss of all that stands in so many zones at once.',
    'FailureCount.zones': 'Loss of all that stands in so many zones at once.',
    'FailureCount.rack': 'Loss of all that stands in so many racks at once.',
    'FailureCount.region': 'Loss of all that stands in so many regions at once.',
    'Spread.zone': 'Copies of one shard stand in as many zones as there are.',
    'Spread.node': 'Copies of one shard stand on different nodes.',
    'Spread.none': 'Copies are placed without regard to each other.',
};

/** Markdown about a word of the language in the rule of the grammar where it stands; undefined for one that explains itself. */
export function keywordMarkdown(word: string, rule: string): string | undefined {
    const key = `${rule}.${word}`;
    if (Object.hasOwn(KEYWORDS, key)) return KEYWORDS[key];
    return Object.hasOwn(KEYWORDS, word) ? KEYWORDS[word] : undefined;
}

/** Markdown for every meaning that a word of the language has, the usual one first; none for what is no word of it. */
export function keywordMeanings(word: string): readonly string[] {
    const usual = Object.hasOwn(KEYWORDS, word) ? KEYWORDS[word] : undefined;
    const others = Object.entries(KEYWORDS).filter(([key]) => key.endsWith(`.${word}`));
    return [...new Set([...(usual === undefined ? [] : [usual]), ...others.map(([, meaning]) => meaning)])];
}

/** Every word that has a meaning of its own. */
export function keywords(): readonly string[] {
    return [...new Set(Object.keys(KEYWORDS).map((key) => key.slice(key.indexOf('.') + 1)))];
}
