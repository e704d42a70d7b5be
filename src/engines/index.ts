export * from './engine.js';
export * from './registry.js';
export * from './context.js';
export * from './settings.js';
export * from './design.js';
export { checkSharedAddresses } from './shared/checks/addresses.js';
export { sharedCodes } from './shared/checks/codes.js';
export { majority, votesOf } from './shared/checks/quorum.js';
export * from './version.js';
