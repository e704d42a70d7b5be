/** A `.cluster` text of at least so many lines, without a mistake: pairs of a cache and a gateway with all that is asked of them. */
export function largeFile(lines: number): string {
    const text = ['region us-east-1 {', '  zone a', '  zone b', '  zone c', '}', ''];
    for (let index = 1; text.length < lines; index++) text.push(...unit(index));
    return `${text.join('\n')}\n`;
}

function unit(index: number): string[] {
    return `/** Sessions of the users of shop ${index}. */
cluster sessions-${index}: redis "7.2" in us-east-1 {
  nodes cache-[1..6] across zones
  shard s-1 on cache-1, cache-5
  shard s-2 on cache-2, cache-6
  shard s-3 on cache-3, cache-4
  endpoint discovery
  settings {
    cluster-node-timeout = 15000
    cluster-require-full-coverage = yes
    cluster-migration-barrier = 1
  }
}

cluster web-${index}: server in us-east-1 {
  nodes web-[1..3] across zones { capacity 500/s }
  // One address in front of all three.
  endpoint load-balancer 10.${index >> 8}.${index & 255}.10 {
    check every 5s
    timeout 2s
    fall 2
    rise 3
  }
  needs reads of sessions-${index}
}

workload app-${index} in us-east-1.a {
  reads sessions-${index} 200/s
  writes sessions-${index} 40/s
  reads web-${index} 100/s with timeout = 2s
}

objective survive-${index} for sessions-${index} {
  tolerate any 1 node
  tolerate any 1 zone
  restore writes within 35s
}

scenario crash-${index} "A primary of shop ${index} dies" {
  at 30s  crash node sessions-${index}.cache-1
  at 5m   restart node sessions-${index}.cache-1
  until 8m
  expect writes of sessions-${index} restored within 35s
  expect sessions-${index}.s-1 led by sessions-${index}.cache-5 at 7m
}
`.split('\n');
}
