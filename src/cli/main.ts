import { nodeIo } from './nodeIo.js';
import { projectRooms } from './projectRooms.js';
import { run } from './run.js';

// The exit code is set rather than the process ended, so that everything written reaches a slow reader.
void run(process.argv.slice(2), nodeIo(), projectRooms).then((code) => {
    process.exitCode = code;
});
