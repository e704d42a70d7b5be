/** How long ZooKeeper's servers and clients take to notice and to agree; ZooKeeper source. Times in milliseconds. */

/** FastLeaderElection waits this long for a better vote once a majority agrees (`finalizeWait`). */
export const FINALIZE_MS = 200;
/** A follower tries this often to reach the new leader, which may not listen yet (Learner, `connectToLeader`). */
export const JOIN_ATTEMPTS = 5;
/** `zookeeper.leaderConnectDelayDuringRetryMs` */
export const JOIN_RETRY_MS = 100;
/** A client waits up to this long before it connects to another server (ClientCnxn). */
export const RECONNECT_MS = 1_000;

/** The longest from the moment when a majority looks for a leader until the new one serves. */
export const LONGEST_ELECTION_MS = FINALIZE_MS + JOIN_ATTEMPTS * JOIN_RETRY_MS;

/** A client that has nothing to say is heard this often at least (ClientCnxn: half of the read timeout). */
export function clientPingMs(sessionMs: number): number {
    return Math.floor(sessionMs / 3);
}

/** A client that hears nothing for this long looks for another server (ClientCnxn, `readTimeout`). */
export function clientReadTimeoutMs(sessionMs: number): number {
    return Math.floor((sessionMs * 2) / 3);
}

/** The leader pings its followers, and hears from them whose clients live, this often (Leader, half a tick). */
export function leaderPingMs(tickMs: number): number {
    return Math.floor(tickMs / 2);
}
