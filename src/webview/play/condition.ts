import type { NodeConnection, NodeState } from '../../diagram/index.js';

const STATES: Readonly<Record<NodeState, string>> = {
    serving: 'serving',
    frozen: 'frozen',
    crashed: 'crashed',
    stopped: 'stopped',
    off: 'powered off',
};
const CONNECTIONS: Readonly<Record<NodeConnection, string>> = {
    whole: '',
    slow: 'slow connection',
    cut: 'cut off from others',
    isolated: 'isolated',
};

/** A node's condition in words; one that nothing happened to serves. */
export function conditionWords(condition?: { readonly state: NodeState; readonly connection: NodeConnection }): string {
    const { state = 'serving', connection = 'whole' } = condition ?? {};
    return [STATES[state], CONNECTIONS[connection]].filter((words) => words !== '').join(', ');
}
