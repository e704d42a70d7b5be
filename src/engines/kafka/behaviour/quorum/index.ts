export { ControllerQuorum } from './quorum.js';
