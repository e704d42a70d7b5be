export { Raft } from './raft.js';
export type { RaftConfig } from './state.js';
