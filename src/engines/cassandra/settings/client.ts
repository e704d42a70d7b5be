/** What a workload says behind `with`. */
import type { SettingSpec } from '../../engine.js';
import { LEVELS } from '../consistency.js';
import { DRIVER } from '../sources.js';

export const client: readonly SettingSpec[] = [
    {
        key: 'consistency',
        type: { kind: 'enum', values: LEVELS },
        default: 'LOCAL_ONE',
        scope: ['client'],
        documentation:
            'How many replicas must answer. `LOCAL_…` counts in the datacenter of the client, `EACH_QUORUM` a majority in every one, `QUORUM` a majority of all copies together. A read sees the latest write for certain if the copies that the two wait for are together more than there are. The default is that of the Java driver; others have their own.',
        source: DRIVER,
        modelled: true,
    },
    {
        key: 'serial-consistency',
        type: { kind: 'enum', values: ['SERIAL', 'LOCAL_SERIAL'] },
        default: 'SERIAL',
        scope: ['client'],
        documentation:
            'The quorum of a lightweight transaction: of all copies, or of those in the datacenter of the client.',
        source: DRIVER,
        modelled: false,
    },
];
