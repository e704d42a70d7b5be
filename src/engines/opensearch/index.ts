import type { Engine } from '../engine.js';
import {
    electableMembers,
    INDEX_WORD,
    KEEPS_APART,
    managerQuorum,
    placeCopies,
    searchBehaviour,
    searchRules,
    UNFIT_ENDPOINTS,
} from '../search-family/index.js';
import { check } from './checks.js';
import { codes } from './codes.js';
import { product } from './product.js';
import { roles } from './roles.js';
import { settings } from './settings.js';

/** OpenSearch: indices of shards, and an elected cluster manager that assigns and promotes their copies. */
export const opensearch: Engine = {
    name: product.engine,
    title: product.title,
    documentation: [
        '**OpenSearch**: an index is divided into shards, each with a primary and replicas on different nodes. An elected cluster manager assigns the copies, notices lost nodes and promotes replicas; it is elected by a majority of the cluster-manager-eligible nodes.',
        '',
        'Checked: cluster-manager-eligible nodes and their zones, roles, replicas that find no node, shard allocation awareness, forced awareness and its balance, `wait_for_active_shards`, segment replication, remote-backed storage, the shard limit. Copies are placed by a rule like the balancer’s: evenly, never two of a shard on a node, spread over awareness attributes.',
        '',
        'Simulated and proved: follower and leader checks as each node runs them, elections with pre-votes and votes, the voting configuration as it shrinks and grows, publication of the cluster state and what waits for it, removal of nodes, promotion of copies in sync, delayed allocation and new copies within awareness, which get no writes before they have the files and give way to a node that comes back with them, how nodes that were cut off find the others again and join, `drain node`, which moves the copies off a node as `cluster.routing.allocation.exclude._name` does (an eligible node keeps its vote), what nodes without a cluster manager refuse, `wait_for_active_shards`, and writes lost where the transaction log is synced now and then.',
        '',
        'Assumed: a message takes 1 ms; a process that is started is ready at once; how large shards are (`assumed.shard_size`) and how long a copy takes to catch up (`assumed.catch_up_time`); the checks of one cluster manager run in step, so that nodes which fall silent together are removed together; connections to silent nodes stay open until the checks give up, and carry at once when a cut heals, where TCP would first wait for as long again as it has tried in vain, up to two minutes (with `net.ipv4.tcp_retries2 = 5` the operating system closes them after some 6 s); copies of a node are made one at a time at the full throttle, where the system makes two at half of it (`cluster.routing.allocation.node_concurrent_recoveries`): the last is there as early, the first earlier, and one that waits for its turn is not given to an empty node that joins meanwhile. Of an even number of cluster-manager-eligible nodes the one without a vote is chosen at random in real clusters: proofs hold whichever it is, simulations take one of the zone with the fewest.',
        '',
        'Worth knowing: a cluster manager that falls silent takes its knowledge of who answers along. The next one begins its own checks, so a data node that is lost together with the cluster manager is missed for about 65 s with the defaults, not 32.',
        '',
        'Not modelled: Disk usage and watermarks, `monitor.fs.health`, allocation filters but for `drain node`, rebalancing, search replicas, the lag of segment replication, restoring from a remote store, weighted routing and decommissioning. What an operator forces by `_cluster/reroute` with `accept_data_loss`. Reads of writes that were never acknowledged, which an isolated primary may answer. A search that answers with what it has of other shards counts as a failed read of the shard that is missing. A write that waits is not answered later: it fails when its client’s patience ends. A client that is refused goes on to the next node at once, up to four in all, unless its workload says `retries`: official clients try three times more, or as often as there are nodes. Clients look every 10 s in the background at a node that failed them; where a workload says `dead_timeout` or `timeout_cutoff`, the keys of the client for Python, its requests try the node again when its penalty is over, as those of the official clients do. Reads leave out a node that owes an answer, as adaptive replica selection does; its other measures are not modelled. Where no workload reads, the probe asks every node at once and so meets a copy that answers wherever there is one.',
    ].join('\n'),
    versions: ['1.3', '2.0', '2.5', '2.11', '2.15', '2.19', '3.0', '3.1'],
    roles,
    groupWords: [INDEX_WORD],
    drains: true,
    singleService: false,
    controlPlane: {
        leader: 'cluster manager',
        serves: false,
        candidates: (members) => electableMembers(product, members).map(({ node }) => node),
    },
    settings,
    keepsApart: KEEPS_APART,
    unfitEndpoints: UNFIT_ENDPOINTS,
    snippet: [
        'nodes ${1:manager}-[1..3] across zones as cluster_manager',
        'nodes ${2:data}-[1..6] across zones as data',
        'index ${3:events} { shards 6  replicas 1 }',
        'settings {',
        '    cluster.routing.allocation.awareness.attributes = zone',
        '}',
    ].join('\n'),
    place: (request) => placeCopies(product, request),
    quorums: (context) => managerQuorum(product, context),
    check,
    codes,
    rules: (context) => searchRules(product, context),
    behaviour: (context, world) => searchBehaviour(product, context, world),
};
