import { testClauses } from '../support/clauses.js';

testClauses('server.cluster', {
    'one-machine: tolerate any 1 node': ['{ capacity 500/s }', '{ capacity 230/s }', /Broken by node web-1: .*1,150/],
    'one-machine: restore reads within 12s': ['fall 3', 'fall 6', /longer than allowed/],
    'one-zone: tolerate any 1 zone': [
        'reads web 1200/s',
        'reads web 1600/s',
        /Broken by zone dc\.a: what serves of web then carries 1,500 requests\/s, and the workloads send 1,600\./,
    ],
    'active-gateway-dies: expect reads of gateway restored within 5s': [
        'advertise every 1s',
        'advertise every 3s',
        /came back \d+\.\d s after the fault at 10\.0 s, .* longer than allowed/,
    ],
    'active-gateway-dies: expect gateway led by gw-2 at 7m': [
        'preempt no',
        'preempt yes',
        /^At 7:00\.0 gateway was led by gw-1\.$/,
    ],
    'active-gateway-dies: expect no split brain in gateway': [
        'at 10s  fail node gw-1',
        'at 10s  partition node gw-1 | node gw-2',
        /^gw-1 and gw-2 both led gateway for 7 min 47 s from 12\.7 s\.$/,
    ],
    'web-zone-dark: expect capacity of web at least 50%': ['web-[1..6]', 'web-[1..5]', /fell to 40%/],
    'web-zone-dark: expect reads of web restored within 12s': [
        'check every 2s',
        'check every 5s',
        /came back 1\d\.\d s after the fault at 10\.0 s, .* longer than allowed/,
    ],
});
