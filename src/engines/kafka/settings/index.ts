import type { SettingSpec } from '../../engine.js';
import { client } from './client.js';
import { controllers } from './controllers.js';
import { replication } from './replication.js';

/** The configuration keys that decide how Kafka fails, with the defaults of the version. */
export const settings: readonly SettingSpec[] = [...replication, ...controllers, ...client];
