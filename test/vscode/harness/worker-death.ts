/**
 * To be written in front of the server's file, which is the worker's too: the server lives, the worker dies of its first
 * message.
 */
export const WORKER_DEATH = `const { parentPort } = require('node:worker_threads');
if (parentPort) return parentPort.on('message', () => { throw new Error('planted'); });
`;
