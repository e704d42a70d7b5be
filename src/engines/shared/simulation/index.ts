/** What the behaviours of several systems are made of. */
export { askPatiently, askServer, connected, hangs, roundTrip, steadinessOf, whySilent } from './ask.js';
export { ContactList } from './contact-list.js';
export { NameCaches } from './name-caches.js';
export { Mailbox } from './mailbox.js';
export { nextRetry, RECONNECT_MS, RETRANSMIT_MS } from './retries.js';
export { Reviews } from './reviews.js';
