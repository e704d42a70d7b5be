/** Texts of small server clusters. */

export interface GatewayOptions {
    readonly endpoint?: string;
    readonly members?: string;
    readonly body?: string;
    readonly steps: string;
    readonly until?: string;
}

/** Two gateways in two zones behind a virtual address, watched by the probe. */
export function gateway({ endpoint, members, body, steps, until }: GatewayOptions): string {
    return `
region dc { zone a zone b }
cluster gateway: server in dc {
  ${members ?? 'node gw-1 in dc.a { priority 150 }  node gw-2 in dc.b { priority 100 }'}
  endpoint vip 10.0.0.10 { ${endpoint ?? 'advertise every 1s'} }
  ${body ?? ''}
}
scenario failure {
  ${steps}
  until ${until ?? '60s'}
}`;
}

export interface WebOptions {
    readonly servers?: number;
    readonly endpoint?: string;
    readonly body?: string;
    readonly workload?: string;
    readonly steps: string;
    readonly until?: string;
}

/** Servers in three zones behind a load balancer. */
export function web({ servers, endpoint, body, workload, steps, until }: WebOptions): string {
    return `
region dc { zone a zone b zone c }
cluster web: server in dc {
  nodes web-[1..${servers ?? 3}] across zones { capacity 500/s }
  endpoint load-balancer 10.0.0.20 { ${endpoint ?? 'balance round-robin  check every 2s  timeout 1s  fall 3  rise 2'} }
  failover active-active
  ${body ?? ''}
}
${workload ?? 'workload browsers { reads web 50/s with retries = 0 }'}
scenario failure {
  ${steps}
  until ${until ?? '60s'}
}`;
}
