interface SixNodes {
    readonly name?: string;
    readonly version?: string;
    /** As in the file: `cluster-node-timeout = 5000`. */
    readonly settings: string;
}

/** A Redis Cluster in three zones: n-1, n-2 and n-3 lead a shard each, which n-5, n-6 and n-4 copy. */
export function sixNodes({ name = 's', version = '7.2', settings }: SixNodes): string {
    return `
region r { zone a  zone b  zone c }
cluster ${name}: redis "${version}" in r {
  nodes n-[1..6] across zones
  shard s-1 on n-1, n-5
  shard s-2 on n-2, n-6
  shard s-3 on n-3, n-4
  endpoint discovery
  settings { ${settings} }
}
`;
}
