/**
 * Entry of the server's only file, for Node and browsers, and for the analysis worker, which the server starts from the same
 * file: most of all four is the same, and is shipped once. What the place at hand has no use for is never evaluated.
 */
void (typeof importScripts === 'function' ? import('./browser.js') : import('./node.js'));

/** What workers of a browser have, and nothing else. */
declare const importScripts: unknown;
