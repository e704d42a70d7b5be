/** What is told of clients beside every result: how the model lets them meet a DataNode that is silent. */
import type { ClientPatience } from '../engine.js';

/** The client's own configuration names no patience of a whole request, so `timeout` and `retries` decide; none of its keys is idle. */
export function patience(): ClientPatience {
    return {
        told: 'are assumed to give a silent DataNode up after their own `timeout` and then to leave it alone: the 60 s and more that HDFS loses there with each new stream (`dfs.client.socket-timeout`) are not modelled',
        idle: [],
    };
}
