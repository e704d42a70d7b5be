import type { Page, SearchProduct } from '../product.js';
import { activeShardPages } from './active-shards.js';
import { awarenessPages } from './awareness.js';
import { copyPages } from './copies.js';
import { managerPages } from './managers.js';
import { rolePages } from './roles.js';

export { pageFile, toCodes } from './file.js';

/** Pages of what is checked alike in both products. */
export function commonPages(product: SearchProduct): readonly Page[] {
    return [
        ...managerPages(product),
        ...rolePages(product),
        ...copyPages(product),
        ...awarenessPages(product),
        ...activeShardPages(product),
    ];
}
