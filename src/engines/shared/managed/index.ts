/** What clusters that AWS runs have in common: failover and replacement by the provider, addresses, copies in other Regions. */
export * from './addresses.js';
export * from './capacity.js';
export * from './delays.js';
export * from './followers.js';
export * from './global-copy.js';
export * from './leader.js';
export * from './managed-cluster.js';
export * from './promotion-loss.js';
export * from './reader-address.js';
export * from './regions.js';
export * from './replacements.js';
export * from './survivors.js';
export * from './watch.js';
export * from './watchers.js';
export * from './write-period.js';
