/// Asks the processor to bring the cache line at an address closer; a hint that changes no result and faults on no address.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) { __builtin_prefetch(address); }
