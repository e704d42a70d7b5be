/** The storefront of examples/shop.cluster, which answers only while three other clusters do. */
import { testClauses } from '../support/clauses.js';

const SLOW_LEDGER = ['assume failover takes 15s to 60s', 'assume failover takes 3m to 4m'] as const;

testClauses(
    'shop.cluster',
    {
        'customers-can-buy: tolerate any 1 zone': [
            'ledger-2 in us-east-1.b',
            'ledger-2 in us-east-1.a',
            /^Broken by zone us-east-1\.a: no writes of ledger, .* somebody has to create one in another/,
        ],
        'customers-can-buy: tolerate any 1 node': [
            'capacity 400/s',
            'capacity 260/s',
            /Broken by node web-1: .* then carries 2,080 requests\/s, .* send 2,150/,
        ],
        'customers-can-buy: restore writes within 2m': [
            ...SLOW_LEDGER,
            /^After zone us-east-1\.a fails it takes at least 3 min, 60\.0 s longer than allowed \(.*Aurora promotes a reader/,
        ],
        'black-friday-zone-loss: expect writes of storefront restored within 2m': [
            ...SLOW_LEDGER,
            /^writes of storefront were failing in part for 3 min \d+ s .* longer than allowed/,
        ],
        'black-friday-zone-loss: expect capacity of storefront at least 60%': [
            'web-[1..9]',
            'web-[1..7]',
            /^The capacity of storefront fell to 57\.1428% at 2:00\.0\.$/,
        ],
    },
    { 'customers-can-buy: availability 99.9%': /availability is not computed yet/ },
);
