/** Load balancers that check the servers behind them and spread requests over those that they believe in. */
export { balancingOf, checkOf, type Balancing, type UsualBalancing } from './balancing.js';
export { BackendChecks } from './checks.js';
export { balancerParts } from './detection.js';
export { failingChecks, failingChecksMs, HealthCounter, inARow, type ServiceCheck } from './health.js';
export { Rotation } from './rotation.js';
export { reachesBalancer, reviewStanding } from './standing.js';
